import { annexes, roomOf } from '../rooms.js'
import type { SourceFile } from '../source-file.js'

const places: readonly { readonly packages: RegExp; readonly rooms: readonly string[] }[] = [
  {
    packages: /^(fastify|fastify-plugin|@fastify\/(?!error$).+)$/,
    rooms: ['lib/http', 'lib/routes', 'lib/plugin.ts', 'lib/cli'],
  },
  { packages: /^kysely$/, rooms: ['lib/storage/sql'] },
]

function isInPlace(room: string, name: string): boolean {
  if (room === 'schemas') return name === '@sinclair/typebox'
  const annex = annexes[room]
  if (annex !== undefined) return annex.packages.test(name)
  return places.every(({ packages, rooms }) => !packages.test(name) || rooms.includes(room))
}

/** Schemas know TypeBox only, the domain knows no Fastify, and only the SQL adapters know Kysely. */
export function packagesOutOfPlace(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, packages }) =>
    packages.filter(name => !isInPlace(roomOf(path), name)).map(name => `${path} imports ${name}`),
  )
}
