import type { SourceFile } from '../source-file.js'

const notFeatures = new Set(['index', 'route-dependencies'])

function featureName(path: string): string[] {
  const name = /^lib\/routes\/([^/]+)\.ts$/.exec(path)?.[1]
  return name === undefined || notFeatures.has(name) ? [] : [name]
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, initial: string) => initial.toUpperCase())
}

function documentedOperations({ path, text }: SourceFile): { readonly name: string; readonly id: string }[] {
  const name = /^schemas\/([^/]+)\.ts$/.exec(path)?.[1]
  const ids = Array.from(text.matchAll(/\boperationId: '(\w+)'/g), ([, id = '']) => id)
  return name === undefined ? [] : ids.map(id => ({ name, id }))
}

function gapsOf(name: string, present: ReadonlySet<string>): string[] {
  const layers = [`schemas/${name}.ts`, `lib/operations/${name}.ts`, `test/routes/${name}.test.ts`]
  return layers.filter(layer => !present.has(layer)).map(layer => `${name} has no ${layer}`)
}

/** A feature has one name in every layer: its files, and its operationId in camelCase. Every operation has a route. */
export function featuresWithGaps(files: readonly SourceFile[], testPaths: readonly string[]): string[] {
  const names = files.flatMap(({ path }) => featureName(path))
  const present = new Set([...files.map(({ path }) => path), ...testPaths])
  const operations = files.flatMap(documentedOperations)
  const documented = new Set(operations.map(({ name }) => name))
  return [
    ...names.flatMap(name => gapsOf(name, present)),
    ...names.filter(name => !documented.has(name)).map(name => `${name} has no operationId`),
    ...operations.filter(({ name, id }) => id !== camelCase(name)).map(({ name, id }) => `${name} is called ${id}`),
    ...operations.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} has no route`),
  ]
}
