import { Type } from '@sinclair/typebox'
import type { StorageOfSomeFeatures } from '../storage.js'

const origin = Type.String({
  format: 'origin',
  description: 'an origin such as https://app.example.com or capacitor://localhost, without path or wildcard',
})

/** Storage and addresses of the application. */
export const ApplicationOptions = Type.Object({
  /**
   * Storage of users, sessions, tokens, messages and events. Your application creates it; fast-auth closes it with the app.
   * @example
   * ```ts
   * import { sqliteStorage } from 'fast-auth/storage/sqlite'
   *
   * await app.register(fastAuth, { secrets, storage: sqliteStorage({ file: 'app.db' }) })
   * ```
   */
  storage: Type.Unsafe<StorageOfSomeFeatures>(
    Type.Unknown({ description: 'a storage, such as memoryStorage() from "fast-auth/storage/memory"' }),
  ),
  /**
   * Path of the routes, below the prefix of the scope that registers the plugin.
   * @default '/auth'
   */
  prefix: Type.Optional(
    Type.String({ pattern: '^(/[\\w.-]+)+$', default: '/auth', description: 'a path such as /auth' }),
  ),
  /**
   * URL at which browsers reach the application. Pages of its origin may send requests with cookies, and mailed links begin
   * with it. Required by `email`.
   * @default none
   * @example
   * ```ts
   * publicUrl: 'https://app.example.com'
   * ```
   */
  publicUrl: Type.Optional(
    Type.String({
      format: 'url',
      pattern: '^https?://[^\\s?#@;]+$',
      maxLength: 200,
      description: 'a URL such as https://app.example.com, of at most 200 characters',
    }),
  ),
  /**
   * Further origins whose pages may send requests with cookies: scheme, host and port, exactly. Native shells and browser
   * extensions have origins too.
   * @default []
   * @example
   * ```ts
   * trustedOrigins: ['https://admin.example.com', 'capacitor://localhost']
   * ```
   * @see RFC 6454, section 6.2; OWASP ASVS 5.0, 3.5.1
   */
  trustedOrigins: Type.Optional(
    Type.Unsafe<readonly string[]>(
      Type.Array(origin, {
        maxItems: 100,
        default: [],
        description: 'a list of at most 100 origins such as https://app.example.com',
      }),
    ),
  ),
  /**
   * Refuses requests with a cookie that have none of the headers `Sec-Fetch-Site`, `Origin` and `Referer`. Browsers send at
   * least one of them; some other clients send none.
   * @default false
   */
  requireOriginHeader: Type.Optional(Type.Boolean({ default: false })),
})
