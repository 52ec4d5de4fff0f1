import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'

/** The database that DATABASE_URL names. */
export type Database =
  | { readonly kind: 'memory' }
  /** A path relative to the working directory, or `:memory:`. */
  | { readonly kind: 'sqlite'; readonly file: string }
  /** A connection string for the driver. It may contain a password. */
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'mysql'; readonly url: string }
  /** `redis:`, or `rediss:` for TLS. It may contain a password. */
  | { readonly kind: 'redis'; readonly url: string }

const defaultUrl = 'sqlite:fast-auth.db'
const servers = { postgres: 'postgres', postgresql: 'postgres', mysql: 'mysql', mariadb: 'mysql' } as const
const redisUrl = /^rediss?:\/\/[^/?#]+(?:\/\d*)?$/

/** Matches a path, not a URL: the driver would create a file whose name is that URL. */
const sqliteFile = /^sqlite:(?!\/\/|[a-z][a-z+.-]+:)(.+)$/is

function isServer(scheme: string): scheme is keyof typeof servers {
  return Object.hasOwn(servers, scheme)
}

/** Requires the name of a database: without it, drivers use the name of the user, or no database. */
function namesDatabase(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.length > 1
}

/**
 * Parses DATABASE_URL. Opens nothing.
 * @throws {Error} The URL is invalid. The message does not contain the URL, which may contain a password.
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
