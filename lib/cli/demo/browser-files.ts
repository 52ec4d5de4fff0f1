import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { style } from './style.js'

export interface BrowserFile {
  readonly contentType: string
  readonly text: string
}

/** Where the compiled modules for browsers are: the package's own, also where this is run from its sources. */
const modules = new URL('../', import.meta.resolve('fast-auth/client'))

/** Everything that the demo's page loads, by its path below `/assets/`. Nothing else of the disk can be asked for. */
export async function browserFiles(): Promise<ReadonlyMap<string, BrowserFile>> {
  const files = new Map<string, BrowserFile>([['style.css', { contentType: 'text/css; charset=utf-8', text: style }]])
  for (const room of ['client', 'demo']) {
    const names = await readdir(new URL(`${room}/`, modules), { recursive: true })
    for (const name of names.filter(name => name.endsWith('.js'))) {
      const path = `${room}/${name.replaceAll('\\', '/')}`
      const text = await readFile(fileURLToPath(new URL(path, modules)), 'utf8')
      files.set(path, { contentType: 'text/javascript; charset=utf-8', text })
    }
  }
  return files
}
