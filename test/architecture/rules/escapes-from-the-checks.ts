import ts from 'typescript'
import type { SourceFile } from '../source-file.js'

const suppression = /@ts-(?:ignore|nocheck|expect-error)|\b(?:c8|v8|istanbul) ignore/g

/** `any`, the non-null `!`, and comments that silence the compiler or the coverage. */
export function escapesFromTheChecks(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text, nodes }) => [
    ...nodes.filter(node => node.kind === ts.SyntaxKind.AnyKeyword).map(() => `${path} says any`),
    ...nodes.filter(ts.isNonNullExpression).map(node => `${path} says ${node.getText()}`),
    ...Array.from(text.matchAll(suppression), ([comment]) => `${path} says ${comment}`),
  ])
}
