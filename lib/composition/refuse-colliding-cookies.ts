import type { FastifyInstance } from 'fastify'
import { OptionInvalidError } from '../errors/index.js'
import { cookieNames } from '../http/cookie-names.js'
import type { ResolvedOptions } from './options/resolve-options.js'

interface AccessCookie {
  readonly name: string
  readonly domain: string | null
}

interface Registration {
  readonly options: ResolvedOptions
  readonly cookie: AccessCookie
  /** The access cookies that an answer sets or expires. */
  readonly written: readonly AccessCookie[]
}

const registrations = new WeakMap<object, Registration[]>()

function registrationOf(options: ResolvedOptions): Registration {
  const { domain = null, previousDomain = null, namePrefix = '', secure } = options.cookies
  const names = cookieNames({ secure, domain, previousDomain, namePrefix })
  const cookie = { name: names.access, domain: names.domain }
  return { options, cookie, written: [cookie, ...names.former.map(({ access: name, domain }) => ({ name, domain }))] }
}

function hostOf({ publicUrl }: ResolvedOptions): string | null {
  return publicUrl === undefined ? null : new URL(publicUrl).hostname
}

/** Returns whether browsers see both at one host. An unknown host may be any. */
function mayShareHost(one: ResolvedOptions, other: ResolvedOptions): boolean {
  const [host, otherHost] = [hostOf(one), hostOf(other)]
  return host === null || otherHost === null || host === otherHost
}

/** Returns whether both have the same users and accept each other's access tokens. */
function haveSameUsers(one: ResolvedOptions, other: ResolvedOptions): boolean {
  const tokensOf = ({ secrets, issuer, audience, accessTokenKeys }: ResolvedOptions) =>
    JSON.stringify([secrets, issuer, audience, accessTokenKeys.map(({ id }) => id)])
  return one.storage === other.storage && tokensOf(one) === tokensOf(other)
}

/** Returns whether an answer of the first replaces or expires the access cookie of the second. */
function overwrites({ written, options }: Registration, { cookie, options: others }: Registration): boolean {
  const domain = cookie.domain?.toLowerCase()
  const isWritten = written.some(({ name, domain: place }) => name === cookie.name && place?.toLowerCase() === domain)
  return isWritten && (domain !== undefined || mayShareHost(options, others))
}

/**
 * Refuses to register the plugin in an application beside a registration with other users whose access cookie has the same
 * name. Browsers send this cookie to every path: a sign-in at one registration would end the session at the other.
 * @throws {OptionInvalidError}
 */
export function refuseCollidingCookies(app: FastifyInstance, options: ResolvedOptions): void {
  // Fastify refuses a second registration in one scope, whatever its options are.
  if (app.hasDecorator('fastAuth')) return
  const { server } = app
  const added = registrationOf(options)
  const earlier = registrations.get(server) ?? []
  const colliding = earlier.find(
    one => !haveSameUsers(one.options, options) && (overwrites(one, added) || overwrites(added, one)),
  )
  if (colliding !== undefined) {
    throw new OptionInvalidError(
      `Two registrations of fast-auth in one application would overwrite each other's cookie "${colliding.cookie.name}", and sign each other's users out. Set a different "cookies.namePrefix" in each: the option "prefix" does not separate them, since browsers send this cookie to every path`,
    )
  }
  registrations.set(server, [...earlier, added])
}
