import type { FastifyInstance } from 'fastify'
import { OptionInvalidError } from '../errors/index.js'
import type { ResolvedOptions } from './options/resolve-options.js'

/** Segments that browsers, cookies and links treat literally: no parameter, no wildcard, nothing to encode. */
const plainPath = /^(\/(?!\.{1,2}(\/|$))[\w.~@-]+)+$/

/**
 * Returns the path of our routes as a browser sees it. The refresh cookie and the links in messages contain it, so it must be
 * one path, the same for every request.
 * @throws {OptionInvalidError} The prefix of the scope has a parameter, a wildcard or a character that has to be encoded;
 * or `publicUrl` has the prefix already.
 */
export function publicPath(app: FastifyInstance, { publicUrl, prefix }: ResolvedOptions): string {
  const base = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')
  // Joins prefixes as Fastify does.
  const scope = app.prefix.replace(/\/$/, '')
  const path = scope + prefix
  if (scope !== '' && base.endsWith(scope))
    throw new OptionInvalidError(
      `The option "publicUrl" of fast-auth ends with the prefix "${scope}" of the scope that registers it, so cookies and links would name "${base}${path}". Leave the prefix out of "publicUrl"`,
    )
  if (plainPath.test(path)) return base + path
  throw new OptionInvalidError(
    `The routes of fast-auth would be at "${path}". The prefix of the scope and the option "prefix" must be plain paths such as /shop, of letters, digits and - . _ ~ @, without parameters and wildcards: cookies and links name one path`,
  )
}
