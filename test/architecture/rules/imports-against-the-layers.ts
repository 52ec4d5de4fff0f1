import { alwaysOn, layers, type Place, placeOf, separate } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const rankOf = (layer: string) => layers.findIndex(names => names.includes(layer))

/** A layer imports itself and the layers below. A separate module imports only what its line lists. */
function isDownwards({ layer: from }: Place, { layer: to }: Place): boolean {
  if (from === to) return true
  if (from in separate) return separate[from]?.includes(to) === true
  if (to in separate) return from === 'lib/cli'
  return rankOf(to) !== -1 && rankOf(to) <= rankOf(from)
}

/**
 * An optional feature imports only those that are always on, and each of these only those before it. Conformance cases store records
 * of several features.
 */
function isAllowedFeature({ feature: from, layer }: Place, { feature: to }: Place): boolean {
  if (from === null || to === null || from === to || layer === 'lib/conformance') return true
  if (!alwaysOn.includes(to)) return false
  return !alwaysOn.includes(from) || alwaysOn.indexOf(to) < alwaysOn.indexOf(from)
}

/** The files that all features share name their ports and nothing else of them. */
function isAllowedForAll(from: Place, to: Place, imported: string): boolean {
  const isShared = from.layer === 'lib/features' && from.feature === null
  return !isShared || to.feature === null || imported.endsWith('/port.ts')
}

/** Only the parts of an engine, and the modules that join them, import its kernel and its parts. */
function isAllowedEngine({ engine: from, layer }: Place, { engine: to }: Place): boolean {
  return to === null || from === to || layer === 'lib/engines'
}

/** The parts of an engine know the storage port, and nothing of HTTP. */
function isAllowedInPart({ engine, layer }: Place, to: Place): boolean {
  return engine === null || layer !== 'lib/features' || to.layer === 'lib/storage' || to.layer === 'lib/features'
}

/** Imports that point upwards, between optional features, or into the kernel of an engine from outside. */
export function importsAgainstTheLayers(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const from = placeOf(path)
    const isAllowed = (imported: string) => {
      const to = placeOf(imported)
      return (
        isDownwards(from, to) &&
        isAllowedFeature(from, to) &&
        isAllowedForAll(from, to, imported) &&
        isAllowedEngine(from, to) &&
        isAllowedInPart(from, to)
      )
    }
    return imports.filter(imported => !isAllowed(imported)).map(imported => `${path} imports ${imported}`)
  })
}
