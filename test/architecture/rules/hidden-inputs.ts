import ts from 'typescript'
import { layerOf } from '../layers.js'
import type { SourceFile } from '../source-file.js'

/** `new Date()` asks what time it is; `new Date(instant)` doesn't. */
function hiddenInput(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.getText()
  const isClock =
    ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0
  return isClock ? 'new Date()' : undefined
}

function forbiddenIn(layer: string): readonly string[] {
  if (layer === 'lib/operations') return ['Date.now', 'new Date()', 'process.env', 'Math.random']
  return layer.startsWith('lib/storage') ? ['Date.now', 'new Date()'] : []
}

/** Operations and adapters depend on their arguments only: not on the clock, random values or the environment. */
export function hiddenInputs(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, nodes }) => {
    const forbidden = forbiddenIn(layerOf(path))
    const found = nodes.flatMap(node => hiddenInput(node) ?? [])
    return found.filter(name => forbidden.includes(name)).map(name => `${path} reads ${name}`)
  })
}
