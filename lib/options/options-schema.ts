import { type Static, Type } from '@sinclair/typebox'
import type { AuthEvent } from '../events/auth-event.js'
import type { Storage } from '../storage/storage.js'
import type { ClaimsHook } from '../tokens/claims-hook.js'
import { ApiKeyOptions } from './api-key-options.js'
import { CookieOptions } from './cookie-options.js'
import { EmailOptions } from './email-options.js'
import { HookOptions } from './hook-options.js'
import { PasswordOptions } from './password-options.js'
import { PurgeOptions } from './purge-options.js'

/** What TypeBox's `Type.Object` makes, of whichever version. */
export interface ProfileSchema {
  readonly type: 'object'
  readonly properties?: object
}

// A `description` says what the option must be, for the sentence that refuses it, where the other keywords wouldn't tell.

const day = 86_400
const origin = Type.String({
  format: 'url',
  pattern: '^https?://[^\\s/?#@*]+$',
  description: 'an origin such as https://app.example.com, without path or wildcard',
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
        pattern: '^https?://[^\\s?#@]+$',
        maxLength: 200,
        description: 'a URL such as https://app.example.com, of at most 200 characters',
      }),
    ),
    /** Further origins whose pages may send requests: scheme, host and port, exactly. */
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
    /** How long an access token is good for. */
    accessTokenLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: day, default: 900 })),
    /** A session that isn't refreshed for so long ends. */
    sessionIdleLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 14 * day })),
    /** A session ends so long after its sign-in, however often it is refreshed. */
    sessionLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 400 * day, default: 30 * day })),
    /** For so long a refresh token that was just traded still gets the same successor: for retries and parallel tabs. 0 turns it off. */
    refreshGraceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 60, default: 10 })),
    /** `process`: a revoked session's access tokens are refused at once by the process that revoked it, and die of age in others. `strict`: every request asks the storage, so they are refused at once everywhere. */
    revocation: Type.Optional(Type.Unsafe<'process' | 'strict'>({ enum: ['process', 'strict'], default: 'process' })),
    cookies: Type.Optional(CookieOptions),
    passwords: Type.Optional(PasswordOptions),
    apiKeys: Type.Optional(ApiKeyOptions),
    /** Confirming, changing and resetting by mail. Without it those routes are not there. Needs `publicUrl`. */
    email: Type.Optional(EmailOptions),
    /** An address must be confirmed before anybody signs in with it. Needs `email`. */
    requireEmailConfirmation: Type.Optional(Type.Boolean({ default: false })),
    /** Serve the pages that mailed links open. `false` where `email.links` lead to pages of your own. */
    pages: Type.Optional(Type.Boolean({ default: true })),
    /** How long a call of the storage may take before the request is answered with 503. */
    storageTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
    /** Bring the storage's tables to the present version before the first request. */
    migrate: Type.Optional(Type.Boolean({ default: true })),
    hooks: Type.Optional(HookOptions),
    purge: Type.Optional(PurgeOptions),
    /** Keep events in the storage, for `app.fastAuth.listEvents`. */
    auditLog: Type.Optional(Type.Boolean({ default: false })),
    /** Told of sign-ins, keys, refusals and revocations, after they are logged. What it throws is logged and goes no further. */
    onEvent: Type.Optional(Type.Unsafe<(event: AuthEvent) => void>(Type.Unknown())),
    /** What time it is, in milliseconds since the Unix epoch. For tests. The default is `Date.now`. */
    clock: Type.Optional(Type.Unsafe<() => number>(Type.Unknown())),
  },
  { additionalProperties: false },
)

export type FastAuthOptions = Static<typeof OptionsSchema>
