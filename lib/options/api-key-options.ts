import { Type } from '@sinclair/typebox'
import { defaultApiKeyPrefix } from '../tokens/api-key.js'

const year = 31_536_000
const longestLifetimeSeconds = 100 * year

/** RFC 6749, section 3.3. */
const scope = Type.String({
  pattern: '^[!#-\\[\\]-~]{1,100}$',
  description: 'text of 1 to 100 printable ASCII characters without blanks, quotes and backslashes',
})

/** Keys for programs: what they look like, what they may do, how long they live. */
export const ApiKeyOptions = Type.Object(
  {
    /** What every key begins with, so that people and secret scanners know whose it is. Keys with another prefix are not honoured any more. */
    prefix: Type.Optional(
      Type.String({
        pattern: '^(?=.{2,20}$)(?!eyJ)([A-Za-z0-9]+[_-])+$',
        default: defaultApiKeyPrefix,
        description:
          'text of 2 to 20 characters such as sk- or acme_live_: words of letters and digits, each followed by - or _, not beginning with eyJ as access tokens do',
      }),
    ),
    /** What keys may be made for: the names that your routes give to `requireScopes`. Others are refused. */
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
    /** How many keys a person may have; expired ones count until they are deleted. */
    maximumPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 50 })),
    /** How long a key lives where whoever makes it doesn't say. Without this and a maximum, until it is deleted. */
    defaultLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: longestLifetimeSeconds })),
    /** No key lives longer, nor without an end. */
    maximumLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: longestLifetimeSeconds })),
    /** For so long a process honours a key without asking the storage again, unless the key ends and it learns so (`revocation`). 0: it always asks. `revocation: 'strict'` too. */
    rememberSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600, default: 60 })),
    /** How many keys a process remembers at most. */
    rememberedKeys: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10_000 })),
  },
  { additionalProperties: false },
)
