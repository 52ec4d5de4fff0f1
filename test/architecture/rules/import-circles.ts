import type { SourceFile } from '../source-file.js'

/** Files that reach themselves by their imports, those for types included: `a.ts → b.ts → a.ts`. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]))
  const circles: string[] = []
  const finished = new Set<string>()

  function walk(path: string, trail: readonly string[]): void {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (trail.includes(path) || finished.has(path)) return
    for (const imported of importsOf.get(path) ?? []) walk(imported, [...trail, path])
    finished.add(path)
  }

  for (const { path } of files) walk(path, [])
  return circles
}
