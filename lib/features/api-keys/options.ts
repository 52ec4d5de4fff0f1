import { type Static, Type } from '@sinclair/typebox'
import { defaultApiKeyPrefix } from './api-key-text.js'

const year = 31_536_000
const longestLifetimeSeconds = 100 * year

/** RFC 6749, section 3.3. */
const scope = Type.String({
  pattern: '^[!#-\\[\\]-~]{1,100}$',
  description: 'text of 1 to 100 printable ASCII characters without blanks, quotes and backslashes',
})

/** Format, scopes and lifetimes of API keys. */
export const ApiKeyOptions = Type.Object(
  {
    /**
     * Prefix of every key, by which people and secret scanners recognise its origin. Keys with another prefix are no longer
     * accepted.
     * @default 'sk-'
     * @example
     * ```ts
     * prefix: 'acme_live_'
     * ```
     */
    prefix: Type.Optional(
      Type.String({
        pattern: '^(?=.{2,20}$)(?!eyJ)([A-Za-z0-9]+[_-])+$',
        default: defaultApiKeyPrefix,
        description:
          'text of 2 to 20 characters such as sk- or acme_live_: words of letters and digits, each followed by - or _, not beginning with eyJ as access tokens do',
      }),
    ),
    /**
     * Scopes that keys may have: the names that your routes pass to `requireScopes`. Other scopes are refused.
     * @default []
     * @example
     * ```ts
     * scopes: ['reports:read', 'reports:write']
     * ```
     * @see RFC 6749, section 3.3; OWASP ASVS 5.0, 8.2.1
     */
    scopes: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(scope, {
          maxItems: 100,
          uniqueItems: true,
          default: [],
          description: 'a list of at most 100 different scopes such as reports:read',
        }),
      ),
    ),
    /**
     * Maximum number of keys per user. Expired keys count until they are deleted.
     * @default 50
     */
    maximumPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 50 })),
    /**
     * Lifetime of a key whose creator specifies none, in seconds. At most `maximumLifetimeSeconds`.
     * @default `maximumLifetimeSeconds`, or none: the key is valid until it is deleted
     */
    defaultLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: longestLifetimeSeconds })),
    /**
     * Maximum lifetime of a key, in seconds. If it is set, every new key expires.
     * @default none
     */
    maximumLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: longestLifetimeSeconds })),
    /**
     * Time for which a process caches a verified key, in seconds. A revocation that the process learns of ends it earlier. With
     * 0, and with `revocation: 'strict'`, the process asks the storage at every request.
     * @default 60
     */
    rememberSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600, default: 60 })),
    /**
     * Maximum number of keys that a process caches.
     * @default 10_000
     */
    rememberedKeys: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10_000 })),
  },
  { additionalProperties: false },
)

type Defaulted = 'prefix' | 'scopes' | 'maximumPerUser' | 'rememberSeconds' | 'rememberedKeys'

/** The option `apiKeys` with its defaults. */
export type ResolvedApiKeyOptions = Static<typeof ApiKeyOptions> &
  Required<Pick<Static<typeof ApiKeyOptions>, Defaulted>>
