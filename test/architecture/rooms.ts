/** The floors of the tower, lowest first. A room may import the rooms below it. */
export const tower = [
  'schemas',
  'lib/errors',
  'lib/telemetry',
  'lib/storage',
  'lib/profiles',
  'lib/passwords',
  'lib/tokens',
  'lib/email',
  'lib/usernames',
  'lib/rounds',
  'lib/revocation',
  'lib/events',
  'lib/limits',
  'lib/purge',
  'lib/operations',
  'lib/http',
  'lib/routes',
  'lib/pages',
  'lib/options',
  'lib/plugin.ts',
  'lib/index.ts',
  'lib/cli',
] as const

/** The rooms beside the tower: what of ours, and which packages, each may import. Only the top floor may import them. */
export const annexes: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: RegExp }>> = {
  'lib/storage/memory': { rooms: ['lib/storage'], packages: /^$/ },
  'lib/storage/sql': { rooms: ['lib/storage'], packages: /^(kysely|libsql|node:.+)$/ },
  'lib/storage/redis': { rooms: ['lib/storage'], packages: /^node:(crypto|timers\/promises)$/ },
  'lib/conformance': { rooms: ['lib/storage'], packages: /^node:(assert|assert\/strict|crypto|timers\/promises)$/ },
  'lib/client': { rooms: [], packages: /^$/ },
  'lib/demo': { rooms: ['lib/client'], packages: /^$/ },
  'lib/react': { rooms: ['lib/client'], packages: /^react$/ },
  'lib/testing': { rooms: ['schemas', 'lib/email'], packages: /^(fastify|node:crypto)$/ },
}

export const topFloor = 'lib/cli'

/** The room that a file stands in: a folder, or for the files of the composition root the first of them. */
export function roomOf(path: string): string {
  const parts =
    /^lib\/(build-rooms|fast-auth|email-flows|limit-rooms|password-rooms|public-path|revocation-rooms|user-administration)\.ts$/
  if (parts.test(path)) return 'lib/plugin.ts'
  const [top = '', second = '', third = '', ...deeper] = path.split('/')
  if (top !== 'lib') return top
  const room = `${top}/${second}`
  return second === 'storage' && deeper.length > 0 ? `${room}/${third}` : room
}
