import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EpochMilliseconds } from '../storage/records.js'
import type { IssuedTokens } from '../tokens/issued-tokens.js'
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
  /** Path of the routes, as a browser sees it: the refresh token is sent to no other path. */
  readonly path: string
}

export interface AuthCookies {
  readonly names: CookieNames
  /** @throws {CookiesMismatchedError} Several cookies are authentic but belong to different sessions. */
  accessToken(request: FastifyRequest): string | undefined
  /** @throws {CookiesMismatchedError} It does not belong to the session of the access cookie. */
  refreshToken(request: FastifyRequest): string | undefined
  /** Returns the unverified values of all cookies with an access cookie name. */
  accessTokens(request: FastifyRequest): readonly string[]
  refreshTokens(request: FastifyRequest): readonly string[]
  /** Returns the signed tokens that identify who has signed in on this device before. */
  devices(request: FastifyRequest): readonly string[]
  /** Returns the unverified tokens of sign-ins that wait for a second factor. */
  signIns(request: FastifyRequest): readonly string[]
  /** Returns the unverified texts of sign-ins at other providers that are under way. */
  providerFlows(request: FastifyRequest): readonly string[]
  /** Returns whether the request has at least one of these cookies. */
  areSentWith(request: FastifyRequest): boolean
  set(reply: FastifyReply, issued: IssuedTokens, now: EpochMilliseconds): void
  setDevice(reply: FastifyReply, token: string, lifetimeSeconds: number): void
  setSignIn(reply: FastifyReply, token: string, lifetimeSeconds: number): void
  /** Sent with the callback too, to which another site has sent the browser: never `SameSite=Strict`. */
  setProviderFlow(reply: FastifyReply, text: string, lifetimeSeconds: number): void
  /** Expires the cookies of the session. The device cookie stays. */
  expire(reply: FastifyReply): void
}

function read({ headers: { cookie } }: FastifyRequest, name: string): readonly string[] {
  return cookie === undefined ? [] : readCookies(cookie, name)
}

/**
 * Creates the only reader and writer of our cookies, which are always HttpOnly. Independent of the host's cookie plugin. Setting a
 * cookie expires its duplicates of former settings, which a browser would otherwise continue to send.
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
    readonly sameSite?: CookieSettings['sameSite']
  }

  function write(reply: FastifyReply, { name, value, domain, ...place }: Written): void {
    const where = domain === null ? place : { ...place, domain }
    reply.header('set-cookie', fastifyCookie.serialize(name, value, { ...attributes, ...where }))
  }

  /** Duplicates are expired first: a browser that identifies both keeps the last one. */
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
    signIns: request => read(request, names.signIn),
    providerFlows: request => read(request, names.providerFlow),
    areSentWith: request =>
      [...names.accessRead, names.refresh, names.device, names.signIn].some(name => read(request, name).length > 0),

    set(reply, { accessToken, accessTokenExpiresAt, refreshToken, session }, now) {
      const secondsUntil = (time: EpochMilliseconds) => Math.max(0, Math.ceil((time - now) / 1000))
      // Beside a refresh token the access cookie outlives its token: it says which session a refresh is for.
      writeAccess(reply, accessToken, secondsUntil(refreshToken === null ? accessTokenExpiresAt : session.expiresAt))
      if (refreshToken !== null) writeBelowRoutes(reply, names.refresh, refreshToken, secondsUntil(session.expiresAt))
    },

    setDevice: (reply, token, lifetimeSeconds) => writeBelowRoutes(reply, names.device, token, lifetimeSeconds),

    setProviderFlow(reply, text, lifetimeSeconds) {
      const place = { domain: names.domain, path: '/', maxAge: lifetimeSeconds }
      const ofNavigations = sameSite === 'strict' ? 'lax' : sameSite
      write(reply, { name: names.providerFlow, value: text, ...place, sameSite: ofNavigations })
    },

    setSignIn: (reply, value, maxAge) =>
      write(reply, { name: names.signIn, value, domain: names.domain, path: '/', maxAge }),

    expire(reply) {
      writeAccess(reply, '', 0)
      writeBelowRoutes(reply, names.refresh, '', 0)
    },
  }
}
