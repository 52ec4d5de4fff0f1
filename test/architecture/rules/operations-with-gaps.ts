import type { SourceFile } from '../source-file.js'

interface Operation {
  readonly feature: string
  readonly name: string
}

function operationOf(path: string): Operation[] {
  const [, feature, name] = /^lib\/features\/([^/]+)\/([^/]+)\.route\.ts$/.exec(path) ?? []
  return feature === undefined || name === undefined ? [] : [{ feature, name }]
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, initial: string) => initial.toUpperCase())
}

function documentedOperations({ path, text }: SourceFile): (Operation & { readonly id: string })[] {
  const [, feature, name] = /^schemas\/([^/]+)\/([^/]+)\.ts$/.exec(path) ?? []
  const ids = Array.from(text.matchAll(/\boperationId: '(\w+)'/g), ([, id = '']) => id)
  return feature === undefined || name === undefined ? [] : ids.map(id => ({ feature, name, id }))
}

function gapsOf({ feature, name }: Operation, present: ReadonlySet<string>): string[] {
  const files = [`schemas/${feature}/${name}.ts`, `test/${feature}/${name}.test.ts`]
  return files.filter(file => !present.has(file)).map(file => `${name} has no ${file}`)
}

/**
 * An operation has one name in the folders of its feature: its route, its schema, its test, and its operationId in camelCase. If it
 * is more than a call of the storage, its use case has this name too.
 */
export function operationsWithGaps(files: readonly SourceFile[], testPaths: readonly string[]): string[] {
  const operations = files.flatMap(({ path }) => operationOf(path))
  const names = operations.map(({ name }) => name)
  const present = new Set([...files.map(({ path }) => path), ...testPaths])
  const documented = files.flatMap(documentedOperations)
  const ids = new Set(documented.map(({ name }) => name))
  return [
    ...operations.flatMap(operation => gapsOf(operation, present)),
    ...names.filter(name => !ids.has(name)).map(name => `${name} has no operationId`),
    ...documented.filter(({ name, id }) => id !== camelCase(name)).map(({ name, id }) => `${name} is called ${id}`),
    ...documented.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} has no route`),
  ]
}
