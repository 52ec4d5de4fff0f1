import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'

const cache = new URL('../../node_modules/.cache/typescript-tests/', import.meta.url)

/** @type {import('esbuild').TransformOptions} */
const settings = {
  loader: 'ts',
  format: 'esm',
  target: 'es2023',
  // Keeps columns and lines, for coverage and stack traces.
  sourcemap: 'inline',
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
}

/** Writes a file that other processes may be reading or writing: they see all of it or nothing. @param {URL} file @param {string} text */
function keep(file, text) {
  const unfinished = new URL(`${file.href}.${process.pid}`)
  mkdirSync(cache, { recursive: true })
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
}

/** Returns the JavaScript of a TypeScript file: it is transpiled once for all processes. @param {string} path */
export async function transpiled(path) {
  const source = readFileSync(path, 'utf8')
  const digest = createHash('sha256').update(JSON.stringify(settings)).update(path).update(source).digest('hex')
  const file = new URL(`${basename(path, '.ts')}-${digest}.js`, cache)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  // A process for which nothing is left to transpile does not load esbuild.
  const { transform } = await import('esbuild')
  const { code } = await transform(source, { ...settings, sourcefile: path })
  keep(file, code)
  return code
}

/** Transpiles everything below these folders, so that no test has to. @param {readonly string[]} folders */
export async function transpileAll(folders) {
  const found = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => resolve(folder, file)),
  )
  await Promise.all(found.filter(file => file.endsWith('.ts')).map(transpiled))
}
