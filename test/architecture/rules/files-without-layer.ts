import { layerOf, layers, sideLayers } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const layerNames: ReadonlySet<string> = new Set([...layers, ...Object.keys(sideLayers)])

/** Files that stand in no room of the house: a new room is a new line in `rooms.ts`. */
export function filesWithoutLayer(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path).filter(path => !layerNames.has(layerOf(path)))
}
