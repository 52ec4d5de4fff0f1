/** The layers, lowest first. A file may import its own layer and the layers before it; no file may reach itself. */
export const layers: readonly (readonly string[])[] = [
  ['schemas'],
  ['lib/errors'],
  ['lib/async', 'lib/telemetry'],
  ['lib/storage'],
  [
    'lib/events',
    'lib/hashing',
    'lib/hooks',
    'lib/limits',
    'lib/mail',
    'lib/profiles',
    'lib/purge',
    'lib/revocation',
    'lib/tokens',
    'lib/usernames',
  ],
  ['lib/http'],
  ['lib/features'],
  ['lib/composition'],
  ['lib/plugin.ts'],
  ['lib/index.ts'],
  ['lib/cli'],
]
/** Features that every application has, lowest first. Each may import those before it, and every feature may import them. */
export const alwaysOn: readonly string[] = ['sessions', 'passwords', 'email', 'accounts', 'sign-in']

/** The kernels of the engines: what each may import beside itself. Features import them in `storage/` only. */
export const kernels = ['memory', 'redis', 'sql']
