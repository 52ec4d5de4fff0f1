import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IssuedTokens } from '../operations/issue-tokens.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import { readCookie } from './read-cookie.js'

export interface CookieSettings {
  readonly secure: boolean
  readonly domain: string | null
  readonly sameSite: 'lax' | 'strict' | 'none'
  /** Where the routes are, as a browser sees them: the refresh token is sent nowhere else. */
  readonly path: string
}

export interface AuthCookies {
  readonly accessTokenName: string
  readonly refreshTokenName: string
  accessToken(request: FastifyRequest): string | undefined
  refreshToken(request: FastifyRequest): string | undefined
  /** Who has signed in on this device before, signed. */
  device(request: FastifyRequest): string | undefined
  /** Whether the request carries any of these. */
  areSentWith(request: FastifyRequest): boolean
  set(reply: FastifyReply, issued: IssuedTokens, now: EpochMilliseconds): void
  setDevice(reply: FastifyReply, token: string, lifetimeSeconds: number): void
  /** Those of the session. A known device stays known. */
  expire(reply: FastifyReply): void
}

/** RFC 6265bis, section 4.1.3: `__Host-` asks for Path=/ and no Domain, `__Secure-` for Secure only. */
function cookieNames({ secure, domain }: CookieSettings) {
  if (!secure) return { access: 'access_token', refresh: 'refresh_token', device: 'known_device' }
  const accessPrefix = domain === null ? '__Host-' : '__Secure-'
  return {
    access: `${accessPrefix}access_token`,
    refresh: '__Secure-refresh_token',
    device: '__Secure-known_device',
  }
}

function read(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie
  return header === undefined ? undefined : readCookie(header, name)
}

/** The cookies, always HttpOnly. Written and read here and nowhere else, whatever cookie plugin the host has. */
export function createAuthCookies(settings: CookieSettings): AuthCookies {
  const names = cookieNames(settings)
  const { secure, sameSite, domain, path } = settings
  const attributes = { httpOnly: true, secure, sameSite, ...(domain === null ? {} : { domain }) }

  function write(reply: FastifyReply, name: string, value: string, cookiePath: string, maxAge: number): void {
    reply.header('set-cookie', fastifyCookie.serialize(name, value, { ...attributes, path: cookiePath, maxAge }))
  }

  return {
    accessTokenName: names.access,
    refreshTokenName: names.refresh,
    accessToken: request => read(request, names.access),
    refreshToken: request => read(request, names.refresh),
    device: request => read(request, names.device),
    areSentWith: request => Object.values(names).some(name => read(request, name) !== undefined),

    set(reply, { accessToken, accessTokenExpiresAt, refreshToken, session }, now) {
      const secondsUntil = (time: EpochMilliseconds) => Math.max(0, Math.ceil((time - now) / 1000))
      write(reply, names.access, accessToken, '/', secondsUntil(accessTokenExpiresAt))
      if (refreshToken !== null) write(reply, names.refresh, refreshToken, path, secondsUntil(session.expiresAt))
    },

    setDevice: (reply, token, lifetimeSeconds) => write(reply, names.device, token, path, lifetimeSeconds),

    expire(reply) {
      write(reply, names.access, '', '/', 0)
      write(reply, names.refresh, '', path, 0)
    },
  }
}
