import { type Static, Type } from '@sinclair/typebox'
import { type TokenMode, tokenModes } from '../../schemas/token-mode.js'
import type { AuthEvent } from '../events/auth-event.js'
import type { Storage } from '../storage/storage.js'
import type { Measurement } from '../telemetry/metric-catalogue.js'
import type { ClaimsHook } from '../tokens/claims-hook.js'
import { ApiKeyOptions } from './api-key-options.js'
import { CookieOptions } from './cookie-options.js'
import { EmailOptions } from './email-options.js'
import { HookOptions } from './hook-options.js'
import { LimitOptions } from './limit-options.js'
import { PasswordOptions } from './password-options.js'
import { PurgeOptions } from './purge-options.js'
import { RevocationFeedOptions } from './revocation-feed-options.js'
import { type WarningCode, warningCodes } from './warnings/warnings.js'

/** What TypeBox's `Type.Object` makes, of whichever version. */
export interface ProfileSchema {
  readonly type: 'object'
  readonly properties?: object
}

// A `description` says what the option must be, for the sentence that refuses it, where the other keywords wouldn't tell.

const day = 86_400
const origin = Type.String({
  format: 'origin',
  description: 'an origin such as https://app.example.com or capacitor://localhost, without path or wildcard',
})

/** What `app.register(fastAuth, …)` takes. Unknown keys stop the boot. */
export const OptionsSchema = Type.Object(
  {
    /** Secrets of at least 32 random characters, the newest first: it signs, all of them verify. `npx fast-auth secret` makes one. */
    secrets: Type.Unsafe<readonly string[]>(
      Type.Array(Type.String(), {
        minItems: 1,
        maxItems: 16,
        description: 'a list of 1 to 16 secrets, made with: npx fast-auth secret',
      }),
    ),
    /** PEMs of Ed25519, P-256 or RSA keys, the newest first. The first private key signs access tokens, all of them verify; with public keys alone, and without any, the newest of `secrets` signs (HS256). */
    accessTokenKeys: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String(), {
          maxItems: 16,
          description: 'a list of at most 16 keys in PEM, made with: npx fast-auth secret --type ed25519',
        }),
      ),
    ),
    /** What other services show to `introspectToken` to ask about anybody's tokens. Each is honoured. */
    introspectionSecrets: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String({ pattern: '^[\\w.~+/-]*=*$', description: 'of letters, digits and - . _ ~ + / =' }), {
          maxItems: 16,
          default: [],
          description: 'a list of at most 16 secrets, made with: npx fast-auth secret',
        }),
      ),
    ),
    /** Further claims of a user's access tokens, at most 1,024 bytes of JSON. Called before anything is written: if it throws, the request fails and nothing has happened. */
    claims: Type.Optional(Type.Unsafe<ClaimsHook>(Type.Unknown())),
    /** The application's own fields of a user, such as `Type.Object({ nickname: Type.Optional(Type.String({ maxLength: 50 })) })`: no others are taken. People give them at sign-up and change them; a field with `readOnly: true` is only the server's to set. */
    profileSchema: Type.Optional(Type.Unsafe<ProfileSchema>(Type.Unknown())),
    /** Users may have user names, and sign in with them as well as with their addresses. */
    usernames: Type.Optional(Type.Boolean({ default: false })),
    /** User names that nobody may choose, beside `admin`, `support` and their like: the paths of the application's pages, say. Needs `usernames`. */
    reservedUsernames: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String({ pattern: '^[A-Za-z0-9._-]{1,30}$', description: 'of letters, digits and . _ -' }), {
          maxItems: 1000,
          default: [],
          description: 'a list of at most 1000 user names',
        }),
      ),
    ),
    /** Where users and sessions are kept, such as `sqliteStorage({ file: 'app.db' })`. Closed with the app. */
    storage: Type.Unsafe<Storage>(
      Type.Unknown({ description: 'a storage, such as memoryStorage() from "fast-auth/storage/memory"' }),
    ),
    /** Where the routes are, below the prefix of the scope that the plugin is registered in. */
    prefix: Type.Optional(
      Type.String({ pattern: '^(/[\\w.-]+)+$', default: '/auth', description: 'a path such as /auth' }),
    ),
    /** How browsers reach the application, such as `https://app.example.com`. Its origin may send requests with cookies. */
    publicUrl: Type.Optional(
      Type.String({
        format: 'url',
        pattern: '^https?://[^\\s?#@;]+$',
        maxLength: 200,
        description: 'a URL such as https://app.example.com, of at most 200 characters',
      }),
    ),
    /** Further origins whose pages may send requests with cookies: scheme, host and port, exactly. Schemes of native shells and browser extensions, such as `capacitor://localhost`, are origins too. */
    trustedOrigins: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(origin, {
          maxItems: 100,
          default: [],
          description: 'a list of at most 100 origins such as https://app.example.com',
        }),
      ),
    ),
    /** Also refuse requests with a cookie that carry none of Sec-Fetch-Site, Origin and Referer. */
    requireOriginHeader: Type.Optional(Type.Boolean({ default: false })),
    /** `iss` of access tokens. The default is `publicUrl`, and without one `fast-auth`. */
    issuer: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** `aud` of access tokens. */
    audience: Type.Optional(Type.String({ minLength: 1, maxLength: 200, default: 'fast-auth' })),
    /** How tokens travel where a request doesn't say: HttpOnly cookies, or in bodies. */
    transport: Type.Optional(Type.Unsafe<'cookie' | 'token'>({ enum: ['cookie', 'token'], default: 'cookie' })),
    /** `pair`: a refresh token is traded for the next pair. `access-only`: no refresh token; when the access token ends, so does the session. `sliding`: no refresh token; the access token itself is traded for the next, while it is good. */
    tokenMode: Type.Optional(Type.Unsafe<TokenMode>({ enum: [...tokenModes], default: 'pair' })),
    /** How long an access token is good for. Without refresh tokens: how long one stays signed in, or may be idle. */
    accessTokenLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: day, default: 900 })),
    /** How many access tokens a process remembers at most, the last used, so as not to check their signatures again; whether they are expired or revoked it checks every time. Each takes about 1 KB. 0: none. */
    rememberedAccessTokens: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 10_000 })),
    /** A session that isn't refreshed for so long ends. Only in token mode `pair`. */
    sessionIdleLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 14 * day })),
    /** A session ends so long after its sign-in, however often it is refreshed. Not in token mode `access-only`. */
    sessionLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 30 * day })),
    /** For so long a token that was just traded still gets the same successor: for retries and parallel tabs. 0 turns it off. Not in token mode `access-only`. */
    refreshGraceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 60, default: 10 })),
    /** A refresh also ends the access token that it replaces. Whoever still sends that one gets the answer of an expired one. */
    revokePreviousAccessToken: Type.Optional(Type.Boolean({ default: false })),
    /** How a process learns what others have revoked; what it revokes itself it refuses at once. `feed`: it reads about it every second. `strict`: every request asks the storage, so it is refused at once everywhere. `none`: it doesn't, so access tokens die of age. */
    revocation: Type.Optional(
      Type.Unsafe<'feed' | 'strict' | 'none'>({ enum: ['feed', 'strict', 'none'], default: 'feed' }),
    ),
    revocationFeed: Type.Optional(RevocationFeedOptions),
    cookies: Type.Optional(CookieOptions),
    passwords: Type.Optional(PasswordOptions),
    limits: Type.Optional(LimitOptions),
    apiKeys: Type.Optional(ApiKeyOptions),
    /** Confirming, changing and resetting by mail. Without it those routes are not there. Needs `publicUrl`. */
    email: Type.Optional(EmailOptions),
    /** An address must be confirmed before anybody signs in with it. Needs `email`. */
    requireEmailConfirmation: Type.Optional(Type.Boolean({ default: false })),
    /** Serve the pages that mailed links open. `false` where `email.links` lead to pages of your own. */
    pages: Type.Optional(Type.Boolean({ default: true })),
    /** How long a call of the storage may take before the request is answered with 503. */
    storageTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
    /** How long the body of a request to our routes may take, from the end of its head, before it is answered with 408. */
    bodyTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 300, default: 30 })),
    /** Bring the storage's tables to the present version before the first request. */
    migrate: Type.Optional(Type.Boolean({ default: true })),
    hooks: Type.Optional(HookOptions),
    purge: Type.Optional(PurgeOptions),
    /** Keep events in the storage, for `app.fastAuth.listEvents`. */
    auditLog: Type.Optional(Type.Boolean({ default: false })),
    /** Told of sign-ins, keys, refusals and revocations, after they are logged. What it throws is logged and goes no further. */
    onEvent: Type.Optional(Type.Unsafe<(event: AuthEvent) => void>(Type.Unknown())),
    /** Told of every measurement: `metricCatalogue` has their names, kinds and labels. For Prometheus or OpenTelemetry. */
    metrics: Type.Optional(Type.Unsafe<(measurement: Measurement) => void>(Type.Unknown())),
    /** Warnings of the boot, by code, that you have read and stand by: they are not logged. */
    silencedWarnings: Type.Optional(
      Type.Unsafe<readonly WarningCode[]>(
        Type.Array(Type.String({ enum: [...warningCodes] }), {
          maxItems: 100,
          default: [],
          description: 'a list of codes of warnings',
        }),
      ),
    ),
    /** What time it is, in milliseconds since the Unix epoch. For tests. The default is `Date.now`. */
    clock: Type.Optional(Type.Unsafe<() => number>(Type.Unknown())),
  },
  { additionalProperties: false },
)

export type FastAuthOptions = Static<typeof OptionsSchema>
