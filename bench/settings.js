// What every benchmark is told on its command line.

/** `--short` shows that a benchmark runs; its figures mean nothing. */
export const isShort = process.argv.includes('--short')

/** `--write` puts the figures into docs/benchmarks.md. */
export const isWriting = process.argv.includes('--write')

/** @template Value @param {Value} long @param {Value} short */
export const longOrShort = (long, short) => (isShort ? short : long)
