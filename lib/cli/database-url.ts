import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'

/** Where DATABASE_URL points. */
export type Database =
  | { readonly kind: 'memory' }
  /** A path, from the working directory, or `:memory:`. */
  | { readonly kind: 'sqlite'; readonly file: string }
  /** With `redis:` or, over TLS, `rediss:`. It may hold a password. */
  | { readonly kind: 'redis'; readonly url: string }

const defaultUrl = 'sqlite:fast-auth.db'
const laterSchemes = /^(?:postgres|postgresql|mysql|mariadb):/

const redisUrl = /^rediss?:\/\/[^/?#]+(?:\/\d*)?$/

/** A path, not a URL, for which a file of that very name would be made. */
const sqliteFile = /^sqlite:(?!\/\/|[a-z][a-z+.-]+:)(.+)$/is

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
  if (laterSchemes.test(url)) throw new Error(`DATABASE_URL with ${url.split(':')[0]} is not available yet`)
  throw mustBe('DATABASE_URL', 'redis://…, sqlite:FILE, sqlite::memory: or memory:')
}
