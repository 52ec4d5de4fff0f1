import { Type } from '@sinclair/typebox'
import { defaultApiKeyPrefix } from '../tokens/api-key.js'

const year = 31_536_000
const longestLifetimeSeconds = 100 * year

/** RFC 6749, section 3.3. */
const scope = Type.String({
  pattern: '^[!#-\\[\\]-~]{1,100}$',
  description: 'text of 1 to 100 printable ASCII characters without blanks, quotes and backslashes',
})

/** API keys for programs: format, scopes, lifetimes. */
export const ApiKeyOptions = Type.Object(
  {
    /** The beginning of every key, by which people and secret scanners recognise its origin. Keys with another prefix are no longer accepted. */
    prefix: Type.Optional(
      Type.String({
        pattern: '^(?=.{2,20}$)(?!eyJ)([A-Za-z0-9]+[_-])+$',
        default: defaultApiKeyPrefix,
        description:
          'text of 2 to 20 characters such as sk- or acme_live_: words of letters and digits, each followed by - or _, not beginning with eyJ as access tokens do',
      }),
    ),
    /** The scopes that keys may have: the names that your routes give to `requireScopes`. Others are refused. */
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
    /** Maximum number of keys per user; expired ones count until they are deleted. */
    maximumPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 50 })),
    /** Lifetime of a key whose creator specifies none. Without this and a maximum: until it is deleted. */
    defaultLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: longestLifetimeSeconds })),
    /** Longest lifetime of a key. If set, every key expires. */
    maximumLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: longestLifetimeSeconds })),
    /** How long a process accepts a key without asking the storage again, unless it learns that the key has ended (`revocation`). With 0, and with `revocation: 'strict'`, it always asks. */
    rememberSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600, default: 60 })),
    /** Maximum number of keys that a process caches. */
    rememberedKeys: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10_000 })),
  },
  { additionalProperties: false },
)
