import { layerOf, layers, sideLayers } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const layerNames: ReadonlySet<string> = new Set([...layers, ...Object.keys(sideLayers)])

/** Files that belong to no layer. A new layer is a new line in `layers.ts`. */
export function filesWithoutLayer(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path).filter(path => !layerNames.has(layerOf(path)))
}
