import { posix } from 'node:path'
import ts from 'typescript'

export interface SourceFile {
  /** From the top of the project: `lib/plugin.ts`. */
  readonly path: string
  readonly text: string
  /** Every node of the syntax tree, comments aside. */
  readonly nodes: readonly ts.Node[]
  /** The modules it names, as written: imported, re-exported, required or augmented, for their types only or not. */
  readonly specifiers: readonly string[]
  /** The project's own files among them, by path. */
  readonly imports: readonly string[]
  /** The others: `kysely`, `node:crypto`. */
  readonly packages: readonly string[]
}

function withDescendants(node: ts.Node): ts.Node[] {
  const nodes = [node]
  ts.forEachChild(node, child => {
    nodes.push(...withDescendants(child))
  })
  return nodes
}

function isRequire(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && callee.text === 'require'
}

/** Returns the module that a node names, if it names one. */
function namedModule(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isModuleDeclaration(node)) return node.name
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (!ts.isCallExpression(node)) return undefined
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || isRequire(node.expression)
    ? node.arguments[0]
    : undefined
}

/** Reads TypeScript or JavaScript with TypeScript's own parser. */
export function sourceFile(path: string, text: string): SourceFile {
  const nodes = withDescendants(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  const specifiers = nodes.flatMap(node => {
    const name = namedModule(node)
    return name !== undefined && ts.isStringLiteralLike(name) ? [name.text] : []
  })
  const [relative, packages] = [true, false].map(own => specifiers.filter(name => name.startsWith('.') === own))
  const imports = (relative ?? []).map(name => posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts'))
  return { path, text, nodes, specifiers, imports, packages: packages ?? [] }
}
