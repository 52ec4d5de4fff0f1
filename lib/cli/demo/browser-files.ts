import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { style } from './style.js'

export interface BrowserFile {
  readonly contentType: string
  readonly text: string
}

/** The folder of the compiled modules for browsers: that of the package, even if this file runs from its sources. */
const modules = new URL('../', import.meta.resolve('fast-auth/client'))

/** Returns every file that the demo page loads, by its path below `/assets/`. No other file of the disk is served. */
export async function browserFiles(): Promise<ReadonlyMap<string, BrowserFile>> {
  const files = new Map<string, BrowserFile>([['style.css', { contentType: 'text/css; charset=utf-8', text: style }]])
  for (const folder of ['client', 'demo']) {
    const names = await readdir(new URL(`${folder}/`, modules), { recursive: true })
    for (const name of names.filter(name => name.endsWith('.js'))) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`
      const text = await readFile(fileURLToPath(new URL(path, modules)), 'utf8')
      files.set(path, { contentType: 'text/javascript; charset=utf-8', text })
    }
  }
  return files
}
