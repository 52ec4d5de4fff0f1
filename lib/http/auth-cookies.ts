import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IssuedTokens } from '../operations/issue-tokens.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import {
  type AccessCookies,
  type CookieChoice,
  type CookieChoiceSettings,
  createCookieChoice,
} from './cookie-choice.js'
import { type CookieNameSettings, type CookieNames, cookieNames } from './cookie-names.js'
import { readCookies } from './read-cookies.js'

export interface CookieSettings extends CookieNameSettings {
  readonly sameSite: 'lax' | 'strict' | 'none'
  /** Where the routes are, as a browser sees them: the refresh token is sent nowhere else. */
  readonly path: string
}

export interface AuthCookies {
  readonly names: CookieNames
  /** @throws {CookiesMismatchedError} Several are authentic, of different sessions. */
  accessToken(request: FastifyRequest): string | undefined
  /** @throws {CookiesMismatchedError} It is not of the session that the access cookie names. */
  refreshToken(request: FastifyRequest): string | undefined
  /** Whatever the cookies of the names that are read hold. */
  accessTokens(request: FastifyRequest): readonly string[]
  refreshTokens(request: FastifyRequest): readonly string[]
  /** Who has signed in on this device before, signed. */
  devices(request: FastifyRequest): readonly string[]
  /** Whether the request carries any of these. */
  areSentWith(request: FastifyRequest): boolean
  set(reply: FastifyReply, issued: IssuedTokens, now: EpochMilliseconds): void
  setDevice(reply: FastifyReply, token: string, lifetimeSeconds: number): void
  /** Those of the session. A known device stays known. */
  expire(reply: FastifyReply): void
}

function read({ headers: { cookie } }: FastifyRequest, name: string): readonly string[] {
  return cookie === undefined ? [] : readCookies(cookie, name)
}

/**
 * The cookies, always HttpOnly. Written and read here and nowhere else, whatever cookie plugin the host has. With each
 * cookie its twins of former settings are expired: a browser would go on sending them beside it.
 */
export function createAuthCookies(
  settings: CookieSettings,
  tokens: Omit<CookieChoiceSettings, 'needsAccessCookie'>,
): AuthCookies {
  const names = cookieNames(settings)
  const { secure, sameSite, path } = settings
  const attributes = { httpOnly: true, secure, sameSite }
  const choice: CookieChoice = createCookieChoice({ ...tokens, needsAccessCookie: names.isHostBound })

  interface Written {
    readonly domain: string | null
    readonly name: string
    readonly value: string
    readonly path: string
    readonly maxAge: number
  }

  function write(reply: FastifyReply, { name, value, domain, ...place }: Written): void {
    const where = domain === null ? place : { ...place, domain }
    reply.header('set-cookie', fastifyCookie.serialize(name, value, { ...attributes, ...where }))
  }

  /** Twins go first: a browser that takes both for one cookie keeps what comes last. */
  function writeAccess(reply: FastifyReply, value: string, maxAge: number): void {
    for (const { domain, access } of names.former)
      write(reply, { name: access, value: '', domain, path: '/', maxAge: 0 })
    write(reply, { name: names.access, value, domain: names.domain, path: '/', maxAge })
  }

  function writeBelowRoutes(reply: FastifyReply, name: string, value: string, maxAge: number): void {
    for (const { domain } of names.former) write(reply, { name, value: '', domain, path, maxAge: 0 })
    write(reply, { name, value, domain: names.domain, path, maxAge })
  }

  const accessCookies = (request: FastifyRequest): AccessCookies => names.accessRead.map(name => read(request, name))

  return {
    names,
    accessToken: request => choice.access(accessCookies(request)),

    refreshToken(request) {
      const [first, ...others] = read(request, names.refresh)
      return first === undefined ? undefined : choice.refresh([first, ...others], accessCookies(request))
    },

    accessTokens: request => accessCookies(request).flat(),
    refreshTokens: request => read(request, names.refresh),
    devices: request => read(request, names.device),
    areSentWith: request =>
      [...names.accessRead, names.refresh, names.device].some(name => read(request, name).length > 0),

    set(reply, { accessToken, accessTokenExpiresAt, refreshToken, session }, now) {
      const secondsUntil = (time: EpochMilliseconds) => Math.max(0, Math.ceil((time - now) / 1000))
      // Beside a refresh token the access cookie outlives its token: it says which session a refresh is for.
      writeAccess(reply, accessToken, secondsUntil(refreshToken === null ? accessTokenExpiresAt : session.expiresAt))
      if (refreshToken !== null) writeBelowRoutes(reply, names.refresh, refreshToken, secondsUntil(session.expiresAt))
    },

    setDevice: (reply, token, lifetimeSeconds) => writeBelowRoutes(reply, names.device, token, lifetimeSeconds),

    expire(reply) {
      writeAccess(reply, '', 0)
      writeBelowRoutes(reply, names.refresh, '', 0)
    },
  }
}
