import { layers, placeOf, separate } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const names: ReadonlySet<string> = new Set([...layers.flat(), ...Object.keys(separate)])

/** Files that belong to no layer. A new layer is a new line in `layers.ts`. */
export function filesWithoutLayer(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path).filter(path => !names.has(placeOf(path).layer))
}
