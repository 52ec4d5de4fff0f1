import ts from 'typescript'
import { placeOf } from '../layers.js'
import type { SourceFile } from '../source-file.js'

/** `new Date()` asks what time it is; `new Date(instant)` doesn't. */
function hiddenInput(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.getText()
  const isClock =
    ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0
  return isClock ? 'new Date()' : undefined
}

function forbiddenIn(path: string): readonly string[] {
  const { layer, engine } = placeOf(path)
  if (layer === 'lib/storage' || engine !== null) return ['Date.now', 'new Date()']
  return layer === 'lib/features' ? ['Date.now', 'new Date()', 'process.env', 'Math.random'] : []
}

/** Features and adapters depend on their arguments only: not on the clock, random values or the environment. */
export function hiddenInputs(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, nodes }) => {
    const forbidden = forbiddenIn(path)
    const found = nodes.flatMap(node => hiddenInput(node) ?? [])
    return found.filter(name => forbidden.includes(name)).map(name => `${path} reads ${name}`)
  })
}
