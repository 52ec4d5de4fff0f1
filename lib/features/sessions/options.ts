import { Type } from '@sinclair/typebox'
import { type TokenMode, tokenModes } from '../../../schemas/sessions/token-mode.js'

const day = 86_400

/** Tokens and sessions: claims, transport, lifetimes, revocation. */
export const SessionOptions = Type.Object({
  /**
   * Issuer of access tokens: their claim `iss`.
   * @default `publicUrl`, or `'fast-auth'` without it
   * @see RFC 7519, section 4.1.1
   */
  issuer: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  /**
   * Audience of access tokens: their claim `aud`. Tokens with another audience are refused.
   * @default 'fast-auth'
   * @see RFC 7519, section 4.1.3; OWASP ASVS 5.0, 9.2.3
   */
  audience: Type.Optional(Type.String({ minLength: 1, maxLength: 200, default: 'fast-auth' })),
  /**
   * Transport of tokens if a request does not choose one: HttpOnly cookies, or the body of the response.
   * @default 'cookie'
   */
  transport: Type.Optional(Type.Unsafe<'cookie' | 'token'>({ enum: ['cookie', 'token'], default: 'cookie' })),
  /**
   * Tokens that a session has.
   * `pair`: an access token, and a refresh token that the client exchanges for the next pair.
   * `access-only`: an access token; the session ends when it expires.
   * `sliding`: an access token that the client exchanges for the next one before it expires.
   * @default 'pair'
   * @example
   * ```ts
   * await app.register(fastAuth, { secrets, storage, tokenMode: 'sliding', accessTokenLifetimeSeconds: 3600 })
   * ```
   */
  tokenMode: Type.Optional(Type.Unsafe<TokenMode>({ enum: [...tokenModes], default: 'pair' })),
  /**
   * Lifetime of an access token, in seconds. In the token mode `access-only` a session lasts this long; in `sliding` a user
   * may be idle this long.
   * @default 900 (15 minutes)
   */
  accessTokenLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: day, default: 900 })),
  /**
   * Maximum number of verified access tokens that a process caches, so that it checks their signatures only once. The cache
   * keeps the most recently used ones, about 1 KB each. Expiry and revocation are checked at every request. 0: no cache.
   * @default 10_000
   */
  rememberedAccessTokens: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 10_000 })),
  /**
   * Maximum time between two refreshes of a session, in seconds, after which it ends. Only in token mode `pair`.
   * @default 1_209_600 (14 days)
   * @see OWASP ASVS 5.0, 7.3.1
   */
  sessionIdleLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 14 * day })),
  /**
   * Maximum lifetime of a session after its sign-in, in seconds. A refresh does not extend it. Not in token mode
   * `access-only`.
   * @default 2_592_000 (30 days)
   * @see OWASP ASVS 5.0, 7.3.2
   */
  sessionLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 30 * day })),
  /**
   * Maximum number of sessions of a user. A further sign-in ends the session that was refreshed least recently.
   * @default 100
   */
  maximumSessionsPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  /**
   * Grace time, in seconds: a token that was just exchanged gets the same successor again, for retries and parallel tabs.
   * After it, the token counts as copied, and its session ends. 0: no grace time. Not in token mode `access-only`.
   * @default 10
   * @see RFC 9700, section 4.14.2 (refresh token rotation)
   */
  refreshGraceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 60, default: 10 })),
  /**
   * Ends, at a refresh, the access token that it replaces. A request with that token gets the response of an expired one.
   * Only in token mode `pair`.
   * @default false
   */
  revokePreviousAccessToken: Type.Optional(Type.Boolean({ default: false })),
  /**
   * Way in which a process learns of revocations by other processes. Its own revocations take effect immediately.
   * `feed`: it reads them about every second.
   * `strict`: every request asks the storage, so a revocation takes effect immediately in all processes.
   * `none`: it does not learn of them, so access tokens stay valid until they expire.
   * @default 'feed'
   * @example
   * ```ts
   * revocation: 'strict'
   * ```
   * @see OWASP ASVS 5.0, 7.4.1
   */
  revocation: Type.Optional(
    Type.Unsafe<'feed' | 'strict' | 'none'>({ enum: ['feed', 'strict', 'none'], default: 'feed' }),
  ),
})
