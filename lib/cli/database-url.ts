import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'

/** Where DATABASE_URL points. */
export type Database =
  | { readonly kind: 'memory' }
  /** A path, from the working directory, or `:memory:`. */
  | { readonly kind: 'sqlite'; readonly file: string }
  /** As the drivers read it. It may hold a password. */
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'mysql'; readonly url: string }
  /** With `redis:` or, over TLS, `rediss:`. It may hold a password. */
  | { readonly kind: 'redis'; readonly url: string }

const defaultUrl = 'sqlite:fast-auth.db'
const servers = { postgres: 'postgres', postgresql: 'postgres', mysql: 'mysql', mariadb: 'mysql' } as const
const redisUrl = /^rediss?:\/\/[^/?#]+(?:\/\d*)?$/

/** A path, not a URL, for which a file of that very name would be made. */
const sqliteFile = /^sqlite:(?!\/\/|[a-z][a-z+.-]+:)(.+)$/is

function isServer(scheme: string): scheme is keyof typeof servers {
  return Object.hasOwn(servers, scheme)
}

/** The name of a database is asked for: the drivers would take the user's for it, or none. */
function namesDatabase(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.length > 1
}

/**
 * Reads DATABASE_URL; nothing is opened.
 * @throws {Error} The sentence doesn't repeat the URL, which may hold a password.
 */
export function readDatabase({ DATABASE_URL: url = defaultUrl }: Environment): Database {
  if (url === 'memory:') return { kind: 'memory' }
  const file = sqliteFile.exec(url)?.[1]
  if (file !== undefined) return { kind: 'sqlite', file }
  if (redisUrl.test(url) && URL.canParse(url)) return { kind: 'redis', url }
  if (/^rediss?:/.test(url)) throw mustBe('DATABASE_URL', 'a URL such as redis://USER:PASSWORD@HOST:PORT/0')
  const [scheme = ''] = url.split('://')
  if (!isServer(scheme))
    throw mustBe('DATABASE_URL', 'postgres://…, mysql://…, redis://…, sqlite:FILE, sqlite::memory: or memory:')
  if (!namesDatabase(url))
    throw mustBe('DATABASE_URL', `${scheme}://USER:PASSWORD@HOST:PORT/DATABASE, a URL that names a database`)
  return { kind: servers[scheme], url }
}
