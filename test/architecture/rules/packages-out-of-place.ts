import type { SourceFile } from '../source-file.js'

/** Packages that belong to certain places only. */
const places: readonly { readonly packages: RegExp; readonly paths: RegExp }[] = [
  {
    packages: /^(fastify|fastify-plugin|@fastify\/(?!error$).+)$/,
    paths: /^lib\/(http|composition|cli|testing)\/|^lib\/plugin\.ts$|^lib\/features\/[^/]+\.ts$|\.route\.ts$/,
  },
  { packages: /^kysely$/, paths: /^lib\/storage\/sql\/|^lib\/engines\/|\/storage\/sql[^/]*\.ts$/ },
]

/** All packages that the files of a folder may import. */
const closed: readonly { readonly folder: RegExp; readonly packages: RegExp }[] = [
  { folder: /^schemas\//, packages: /^@sinclair\/typebox$/ },
  { folder: /^lib\/storage\/memory\/|\/storage\/memory[^/]*\.ts$/, packages: /^$/ },
  { folder: /^lib\/storage\/redis\/|\/storage\/redis[^/]*\.ts$/, packages: /^node:(crypto|timers\/promises)$/ },
  { folder: /^lib\/storage\/sql\/|\/storage\/sql[^/]*\.ts$/, packages: /^(kysely|libsql|node:.+)$/ },
  { folder: /^lib\/engines\//, packages: /^(kysely|node:.+)$/ },
  {
    folder: /^lib\/conformance\/|^lib\/features\/[^/]+\/conformance\//,
    packages: /^node:(assert|assert\/strict|crypto|timers\/promises)$/,
  },
  { folder: /^lib\/client\//, packages: /^$/ },
  // The build bundles this file alone.
  { folder: /^lib\/demo\/qr-code\.ts$/, packages: /^uqr$/ },
  { folder: /^lib\/demo\/(?!qr-code\.ts$)/, packages: /^$/ },
  { folder: /^lib\/react\//, packages: /^react$/ },
  { folder: /^lib\/testing\//, packages: /^(fastify|node:crypto)$/ },
]

function isInPlace(path: string, name: string): boolean {
  const isKnownHere = places.every(({ packages, paths }) => !packages.test(name) || paths.test(path))
  return isKnownHere && closed.every(({ folder, packages }) => !folder.test(path) || packages.test(name))
}

/** Schemas know TypeBox only, use cases know no Fastify, and only the SQL parts know Kysely. */
export function packagesOutOfPlace(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, packages }) =>
    packages.filter(name => !isInPlace(path, name)).map(name => `${path} imports ${name}`),
  )
}
