import { layerOf, layers, sideLayers, topLayer } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const layerNames: readonly string[] = layers

function mayImport(from: string, to: string): boolean {
  if (from === to) return true
  const annex = sideLayers[from]
  if (annex !== undefined) return annex.layers.includes(to)
  if (to in sideLayers) return from === topLayer
  return layerNames.includes(from) && layerNames.includes(to) && layerNames.indexOf(to) < layerNames.indexOf(from)
}

/** A room may import the rooms below it: never above, never beside. */
export function importsAgainstTheLayers(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(imported => !mayImport(layerOf(path), layerOf(imported)))
      .map(imported => `${path} imports ${imported}`),
  )
}
