/** The layers, lowest first. A file may import files of its own layer and of the layers below. */
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
  ['lib/conformance', 'lib/engines'],
  ['lib/cli'],
]

/** Modules that other programs load: what of ours each may import beside itself. Only `lib/cli` may import them. */
export const separate: Readonly<Record<string, readonly string[]>> = {
  'lib/client': [],
  'lib/demo': ['lib/client'],
  'lib/react': ['lib/client'],
  'lib/testing': ['schemas', 'lib/mail', 'lib/tokens'],
}

/** The features that every application has, lowest first. Each may import those before it; optional features may import all of them. */
export const alwaysOn: readonly string[] = ['sessions', 'passwords', 'email', 'accounts', 'sign-in']

/** The place of a file among the layers and features. */
export interface Place {
  /** Its folder in `lib`, or the file itself if it lies in `lib`. The conformance cases of a feature belong to `lib/conformance`. */
  readonly layer: string
  /** The feature, `null` outside the features, and in the files that all features share. */
  readonly feature: string | null
  /** The engine whose kernel or part it is: `memory`, `redis` or `sql`. */
  readonly engine: string | null
}

function engineOf(path: string): string | null {
  const kernel = /^lib\/storage\/([^/]+)\//.exec(path)?.[1]
  const part = /^lib\/features\/[^/]+\/storage\/([a-z]+)/.exec(path)?.[1]
  return kernel ?? part ?? null
}

/** Returns the place of a file, by its path. */
export function placeOf(path: string): Place {
  const [top = '', second = ''] = path.split('/')
  const feature = /^lib\/features\/([^/]+)\//.exec(path)?.[1] ?? null
  const isCase = /^lib\/features\/[^/]+\/conformance\//.test(path)
  const layer = top === 'lib' ? `${top}/${second}` : top
  return { layer: isCase ? 'lib/conformance' : layer, feature, engine: engineOf(path) }
}
