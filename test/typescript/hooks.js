import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transpiled } from './transpile.js'

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

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  const { protocol, pathname } = new URL(url)
  if (protocol !== 'file:' || !pathname.endsWith('.ts') || pathname.includes('/node_modules/'))
    return next(url, context)
  return { format: 'module', source: await transpiled(fileURLToPath(url)), shortCircuit: true }
}
