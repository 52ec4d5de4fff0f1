import { layerOf, layers, sideLayers, topLayer } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const layerNames: readonly string[] = layers

function mayImport(from: string, to: string): boolean {
  if (from === to) return true
  const side = sideLayers[from]
  if (side !== undefined) return side.layers.includes(to)
  if (to in sideLayers) return from === topLayer
  return layerNames.includes(from) && layerNames.includes(to) && layerNames.indexOf(to) < layerNames.indexOf(from)
}

/** A layer may import only layers below it; a side module only what its entry lists. */
export function importsAgainstTheLayers(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(imported => !mayImport(layerOf(path), layerOf(imported)))
      .map(imported => `${path} imports ${imported}`),
  )
}
