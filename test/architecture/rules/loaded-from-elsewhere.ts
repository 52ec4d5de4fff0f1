import ts from 'typescript'
import { placeOf } from '../layers.js'
import type { SourceFile } from '../source-file.js'

function isErased(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  return ts.isExportDeclaration(node) && node.isTypeOnly
}

function loadedModule(node: ts.Node): string | undefined {
  const names = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined
  return names !== undefined && ts.isStringLiteral(names) && !isErased(node) ? names.text : undefined
}

/** Files of a layer that load modules of ours from outside the layer. A type import loads nothing. */
export function loadedFromElsewhere(layer: string, files: readonly SourceFile[]): string[] {
  const own = files.filter(({ path }) => placeOf(path).layer === layer)
  return own.flatMap(({ path, nodes }) => {
    const loaded = nodes.flatMap(node => loadedModule(node) ?? []).filter(name => name.startsWith('../'))
    return loaded.map(name => `${path} loads ${name}`)
  })
}
