/** The floors of the tower, lowest first. A room may import the rooms below it. */
export const layers = [
  'schemas',
  'lib/errors',
  'lib/telemetry',
  'lib/storage',
  'lib/profiles',
  'lib/passwords',
  'lib/tokens',
  'lib/email',
  'lib/usernames',
  'lib/polling',
  'lib/revocation',
  'lib/events',
  'lib/limits',
  'lib/purge',
  'lib/operations',
  'lib/http',
  'lib/routes',
  'lib/pages',
  'lib/options',
  'lib/composition',
  'lib/plugin.ts',
  'lib/index.ts',
  'lib/cli',
] as const

/** The rooms beside the tower: what of ours, and which packages, each may import. Only the top floor may import them. */
export const sideLayers: Readonly<Record<string, { readonly layers: readonly string[]; readonly packages: RegExp }>> = {
  'lib/storage/memory': { layers: ['lib/storage'], packages: /^$/ },
  'lib/storage/sql': { layers: ['lib/storage'], packages: /^(kysely|libsql|node:.+)$/ },
  'lib/storage/redis': { layers: ['lib/storage'], packages: /^node:(crypto|timers\/promises)$/ },
  'lib/conformance': { layers: ['lib/storage'], packages: /^node:(assert|assert\/strict|crypto|timers\/promises)$/ },
  'lib/client': { layers: [], packages: /^$/ },
  'lib/demo': { layers: ['lib/client'], packages: /^$/ },
  'lib/react': { layers: ['lib/client'], packages: /^react$/ },
  'lib/testing': { layers: ['schemas', 'lib/email'], packages: /^(fastify|node:crypto)$/ },
}

export const topLayer = 'lib/cli'

/** The room that a file stands in: a folder, or for the files of the composition root the first of them. */
export function layerOf(path: string): string {
  const parts = /^lib\/(fast-auth)\.ts$/
  if (parts.test(path)) return 'lib/plugin.ts'
  const [top = '', second = '', third = '', ...deeper] = path.split('/')
  if (top !== 'lib') return top
  const layer = `${top}/${second}`
  return second === 'storage' && deeper.length > 0 ? `${layer}/${third}` : layer
}
