import { type Static, Type } from '@sinclair/typebox'
import { type TokenMode, tokenModes } from '../../schemas/token-mode.js'
import type { AuthEvent } from '../events/auth-event.js'
import type { Storage } from '../storage/storage.js'
import type { Measurement } from '../telemetry/metric-catalogue.js'
import type { ClaimsHook } from '../tokens/claims-hook.js'
import { ApiKeyOptions } from './api-key-options.js'
import type { Clock } from './clock.js'
import { CookieOptions } from './cookie-options.js'
import { EmailOptions } from './email-options.js'
import { HookOptions } from './hook-options.js'
import { LimitOptions } from './limit-options.js'
import { PasswordOptions } from './password-options.js'
import { PurgeOptions } from './purge-options.js'
import { RevocationFeedOptions } from './revocation-feed-options.js'
import { type WarningCode, warningCodes } from './warnings/warnings.js'

/** An object schema as TypeBox's `Type.Object` creates it, in any version. */
export interface ProfileSchema {
  readonly type: 'object'
  readonly properties?: object
}

// A `description` completes the sentence "must be …" of the error, if the other keywords do not suffice.

const day = 86_400
const origin = Type.String({
  format: 'origin',
  description: 'an origin such as https://app.example.com or capacitor://localhost, without path or wildcard',
})

/** The options of `app.register(fastAuth, …)`. Unknown keys stop the boot. */
export const OptionsSchema = Type.Object(
  {
    /** Secrets of at least 32 random characters, newest first: the first signs, all of them verify. `npx fast-auth secret` makes one. */
    secrets: Type.Unsafe<readonly string[]>(
      Type.Array(Type.String(), {
        minItems: 1,
        maxItems: 16,
        description: 'a list of 1 to 16 secrets, made with: npx fast-auth secret',
      }),
    ),
    /** PEMs of Ed25519, P-256 or RSA keys, newest first. The first private key signs access tokens, all of them verify. Without a private key, the newest of `secrets` signs (HS256). */
    accessTokenKeys: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String(), {
          maxItems: 16,
          description: 'a list of at most 16 keys in PEM, made with: npx fast-auth secret --type ed25519',
        }),
      ),
    ),
    /** Secrets with which other services call `introspectToken` for tokens of any user. All of them are accepted. */
    introspectionSecrets: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String({ pattern: '^[\\w.~+/-]*=*$', description: 'of letters, digits and - . _ ~ + / =' }), {
          maxItems: 16,
          default: [],
          description: 'a list of at most 16 secrets, made with: npx fast-auth secret',
        }),
      ),
    ),
    /** Returns further claims of a user's access tokens, at most 1,024 bytes of JSON. Called before anything is written: if it throws, the request fails and nothing has changed. */
    claims: Type.Optional(Type.Unsafe<ClaimsHook>(Type.Unknown())),
    /** The application's fields of a user, such as `Type.Object({ nickname: Type.Optional(Type.String({ maxLength: 50 })) })`; others are refused. People set them at sign-up and change them; only the server sets a field with `readOnly: true`. */
    profileSchema: Type.Optional(Type.Unsafe<ProfileSchema>(Type.Unknown())),
    /** Users may have user names, and sign in with them as well as with their addresses. */
    usernames: Type.Optional(Type.Boolean({ default: false })),
    /** User names that people cannot choose, in addition to `admin`, `support` and similar ones: for example, the paths of the application's pages. Requires `usernames`. */
    reservedUsernames: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String({ pattern: '^[A-Za-z0-9._-]{1,30}$', description: 'of letters, digits and . _ -' }), {
          maxItems: 1000,
          default: [],
          description: 'a list of at most 1000 user names',
        }),
      ),
    ),
    /** Stores users and sessions, such as `sqliteStorage({ file: 'app.db' })`. Closed with the app. */
    storage: Type.Unsafe<Storage>(
      Type.Unknown({ description: 'a storage, such as memoryStorage() from "fast-auth/storage/memory"' }),
    ),
    /** Path of the routes, below the prefix of the scope that registers the plugin. */
    prefix: Type.Optional(
      Type.String({ pattern: '^(/[\\w.-]+)+$', default: '/auth', description: 'a path such as /auth' }),
    ),
    /** URL of the application for browsers, such as `https://app.example.com`. Its origin may send requests with cookies. */
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
    /** Also refuse requests with a cookie that have none of Sec-Fetch-Site, Origin and Referer. */
    requireOriginHeader: Type.Optional(Type.Boolean({ default: false })),
    /** `iss` of access tokens. Default: `publicUrl`, or `fast-auth` without one. */
    issuer: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** `aud` of access tokens. */
    audience: Type.Optional(Type.String({ minLength: 1, maxLength: 200, default: 'fast-auth' })),
    /** Default transport of tokens, if a request does not specify one: HttpOnly cookies, or bodies. */
    transport: Type.Optional(Type.Unsafe<'cookie' | 'token'>({ enum: ['cookie', 'token'], default: 'cookie' })),
    /** `pair`: a refresh token is exchanged for the next pair. `access-only`: no refresh token; the session ends with its access token. `sliding`: no refresh token; the access token itself is exchanged for the next one while it is valid. */
    tokenMode: Type.Optional(Type.Unsafe<TokenMode>({ enum: [...tokenModes], default: 'pair' })),
    /** Lifetime of an access token. Without refresh tokens: how long a user stays signed in, or may be idle. */
    accessTokenLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: day, default: 900 })),
    /** Maximum number of verified access tokens that a process caches (the most recently used ones), to avoid checking their signatures again. Expiry and revocation are checked every time. Each takes about 1 KB. 0: none. */
    rememberedAccessTokens: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 10_000 })),
    /** How long a session lasts without a refresh. Only in token mode `pair`. */
    sessionIdleLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 14 * day })),
    /** How long a session lasts after its sign-in, however often it is refreshed. Not in token mode `access-only`. */
    sessionLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 30 * day })),
    /** How many sessions a user may have. One more sign-in ends the session that was refreshed least recently. */
    maximumSessionsPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    /** How long a token that was just exchanged still gets the same successor: for retries and parallel tabs. 0 turns it off. Not in token mode `access-only`. */
    refreshGraceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 60, default: 10 })),
    /** A refresh also ends the access token that it replaces. A request with that token gets the answer of an expired one. */
    revokePreviousAccessToken: Type.Optional(Type.Boolean({ default: false })),
    /** How a process learns of revocations by other processes; its own take effect immediately. `feed`: it reads them about every second. `strict`: every request asks the storage, so a revocation takes effect immediately everywhere. `none`: it does not, so access tokens stay valid until they expire. */
    revocation: Type.Optional(
      Type.Unsafe<'feed' | 'strict' | 'none'>({ enum: ['feed', 'strict', 'none'], default: 'feed' }),
    ),
    revocationFeed: Type.Optional(RevocationFeedOptions),
    cookies: Type.Optional(CookieOptions),
    passwords: Type.Optional(PasswordOptions),
    limits: Type.Optional(LimitOptions),
    apiKeys: Type.Optional(ApiKeyOptions),
    /** Confirmation, address changes and password resets by mail. Without it those routes do not exist. Requires `publicUrl`. */
    email: Type.Optional(EmailOptions),
    /** An address must be confirmed before its user can sign in. Requires `email`. */
    requireEmailConfirmation: Type.Optional(Type.Boolean({ default: false })),
    /** Serve the pages that mailed links open. `false` if `email.links` point to your own pages. */
    pages: Type.Optional(Type.Boolean({ default: true })),
    /** How long a storage call may take before the request is answered with 503. */
    storageTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
    /** How long the body of a request to our routes may take, from the end of its head, before it is answered with 408. */
    bodyTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 300, default: 30 })),
    /** Update the storage's tables to the current version before the first request. */
    migrate: Type.Optional(Type.Boolean({ default: true })),
    hooks: Type.Optional(HookOptions),
    purge: Type.Optional(PurgeOptions),
    /** Store events, for `app.fastAuth.listEvents`. */
    auditLog: Type.Optional(Type.Boolean({ default: false })),
    /** Called with each event (sign-ins, keys, refusals, revocations) after it is logged. Its errors are logged and otherwise ignored. */
    onEvent: Type.Optional(Type.Unsafe<(event: AuthEvent) => void>(Type.Unknown())),
    /** Called with each measurement: `metricCatalogue` has their names, kinds and labels. For Prometheus or OpenTelemetry. */
    metrics: Type.Optional(Type.Unsafe<(measurement: Measurement) => void>(Type.Unknown())),
    /** Codes of boot warnings that you have read and accept: they are not logged. */
    silencedWarnings: Type.Optional(
      Type.Unsafe<readonly WarningCode[]>(
        Type.Array(Type.String({ enum: [...warningCodes] }), {
          maxItems: 100,
          default: [],
          description: 'a list of codes of warnings',
        }),
      ),
    ),
    /**
     * Returns the time in milliseconds since the Unix epoch. For tests. Default: `Date.now`. Its property `monotonic` measures
     * durations; default: `performance.now`, so a change of the machine's clock does not shorten or extend a wait. Its
     * property `sleep` delays answers by a number of milliseconds; default: a timer.
     */
    clock: Type.Optional(Type.Unsafe<Clock>(Type.Unknown())),
  },
  { additionalProperties: false },
)

export type FastAuthOptions = Static<typeof OptionsSchema>
