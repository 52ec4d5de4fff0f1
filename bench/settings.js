// Reads the parameters that all benchmarks have.

/** `--short` only checks that a benchmark runs: its figures are not valid. */
export const isShort = process.argv.includes('--short')

/** `--write` writes the figures into docs/benchmarks.md. */
export const isWriting = process.argv.includes('--write')

/** @template Value @param {Value} long @param {Value} short */
export const longOrShort = (long, short) => (isShort ? short : long)
