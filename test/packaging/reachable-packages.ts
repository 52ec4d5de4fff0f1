import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { sourceFile } from '../architecture/source-file.js'

/** The packages that a module names, and the files that it leads to: a module and its declarations name their own. */
function read(
  folder: string,
  path: string,
): { readonly packages: readonly string[]; readonly files: readonly string[] } {
  const { specifiers, packages } = sourceFile(path, readFileSync(join(folder, path), 'utf8'))
  const ending = path.endsWith('.d.ts') ? '.d.ts' : '.js'
  const relative = specifiers.filter(name => name.startsWith('.'))
  const files = relative.map(name => posix.join(posix.dirname(path), name).replace(/\.js$/, ending))
  return { packages, files }
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Every package that can be reached from these modules or their declarations, without Node's own. */
export function reachablePackages(folder: string, entries: readonly string[]): string[] {
  const queue = entries.flatMap(entry => [entry, entry.replace(/\.js$/, '.d.ts')])
  const seen = new Set<string>()
  const names = new Set<string>()
  for (const path of queue) {
    if (seen.has(path)) continue
    seen.add(path)
    const { packages, files } = read(folder, path)
    queue.push(...files)
    for (const specifier of packages.filter(name => !isBuiltin(name))) names.add(packageName(specifier))
  }
  return [...names].sort()
}
