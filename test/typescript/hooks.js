import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = new URL('../../node_modules/.cache/typescript-tests/', import.meta.url)
const tapOfFile = new URL('../runner/tap-of-file.js', import.meta.url)

/**
 * Imports name the JavaScript that a build makes: here its source is meant. In a file of a group, `tap` is the test of that file.
 * @type {import('node:module').ResolveHook}
 */
export async function resolve(specifier, context, next) {
  const [parentURL = '', query] = context.parentURL?.split('?') ?? []
  if (specifier === 'tap' && query === 'group') {
    return { url: `${tapOfFile.href}?${encodeURIComponent(parentURL)}`, shortCircuit: true }
  }
  if (specifier.startsWith('.') && specifier.endsWith('.js') && parentURL.endsWith('.ts')) {
    const source = new URL(specifier.replace(/js$/, 'ts'), parentURL)
    if (existsSync(source)) return next(source.href, context)
  }
  return next(specifier, context)
}

/** Keeps columns and lines in a source map, for coverage and stack traces. @param {string} path @param {string} source */
async function withoutTypes(path, source) {
  const { default: ts } = await import('typescript')
  const { ESNext: module } = ts.ModuleKind
  const { ES2023: target } = ts.ScriptTarget
  const compilerOptions = { module, target, verbatimModuleSyntax: true, inlineSourceMap: true, inlineSources: true }
  return ts.transpileModule(source, { fileName: path, compilerOptions }).outputText
}

/** What was kept of an earlier run, or `null`. @param {URL} file */
function kept(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Other processes may read or write it at this moment: they see all of it or nothing. @param {URL} file @param {string} text */
function keep(file, text) {
  const unfinished = new URL(`${file.href}.${process.pid}`)
  mkdirSync(cache, { recursive: true })
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
}

/** Everything here is one small synchronous step: the thread of the hooks has nothing else to do. @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  const { protocol, pathname } = new URL(url)
  if (protocol !== 'file:' || !pathname.endsWith('.ts') || pathname.includes('/node_modules/'))
    return next(url, context)
  const path = fileURLToPath(url)
  const source = readFileSync(path, 'utf8')
  const digest = createHash('sha256').update(path).update(source).digest('hex')
  const file = new URL(`${basename(path, '.ts')}-${digest}.js`, cache)
  let text = kept(file)
  if (text === null) {
    text = await withoutTypes(path, source)
    keep(file, text)
  }
  return { format: 'module', source: text, shortCircuit: true }
}
