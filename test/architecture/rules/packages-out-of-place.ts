import { layerOf, sideLayers } from '../layers.js'
import type { SourceFile } from '../source-file.js'

const places: readonly { readonly packages: RegExp; readonly layers: readonly string[] }[] = [
  {
    packages: /^(fastify|fastify-plugin|@fastify\/(?!error$).+)$/,
    layers: ['lib/http', 'lib/routes', 'lib/composition', 'lib/plugin.ts', 'lib/cli'],
  },
  { packages: /^kysely$/, layers: ['lib/storage/sql'] },
]

function isInPlace(layer: string, name: string): boolean {
  if (layer === 'schemas') return name === '@sinclair/typebox'
  const side = sideLayers[layer]
  if (side !== undefined) return side.packages.test(name)
  return places.every(({ packages, layers }) => !packages.test(name) || layers.includes(layer))
}

/** Schemas know TypeBox only, the domain knows no Fastify, and only the SQL adapters know Kysely. */
export function packagesOutOfPlace(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, packages }) =>
    packages.filter(name => !isInPlace(layerOf(path), name)).map(name => `${path} imports ${name}`),
  )
}
