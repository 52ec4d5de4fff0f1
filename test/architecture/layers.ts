/** The layers, lowest first. A layer may import the layers before it. */
export const layers = [
  'schemas',
  'lib/async',
  'lib/errors',
  'lib/telemetry',
  'lib/storage',
  'lib/profiles',
  'lib/passwords',
  'lib/tokens',
  'lib/email',
  'lib/usernames',
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

/** The modules outside the layers: which of our folders, and which packages, each may import. Only the top layer may import them. */
export const sideLayers: Readonly<Record<string, { readonly layers: readonly string[]; readonly packages: RegExp }>> = {
  'lib/storage/memory': { layers: ['lib/storage'], packages: /^$/ },
  'lib/storage/sql': { layers: ['lib/async', 'lib/storage'], packages: /^(kysely|libsql|node:.+)$/ },
  'lib/storage/redis': { layers: ['lib/async', 'lib/storage'], packages: /^node:(crypto|timers\/promises)$/ },
  'lib/conformance': { layers: ['lib/storage'], packages: /^node:(assert|assert\/strict|crypto|timers\/promises)$/ },
  'lib/client': { layers: [], packages: /^$/ },
  'lib/demo': { layers: ['lib/client'], packages: /^$/ },
  'lib/react': { layers: ['lib/client'], packages: /^react$/ },
  'lib/testing': { layers: ['schemas', 'lib/email'], packages: /^(fastify|node:crypto)$/ },
}

export const topLayer = 'lib/cli'

/** The layer or side module that a file belongs to: its folder, or the file itself if it lies in `lib`. */
export function layerOf(path: string): string {
  const [top = '', second = '', third = '', ...deeper] = path.split('/')
  if (top !== 'lib') return top
  const layer = `${top}/${second}`
  return second === 'storage' && deeper.length > 0 ? `${layer}/${third}` : layer
}
