import { Type } from '@sinclair/typebox'
import type { BreachedPasswordCheck } from '../passwords/breached-password-check.js'
import type { PasswordFormat } from '../passwords/formats/password-format.js'
import { allowedHashers, type HasherSetting } from '../passwords/hasher-setting.js'

/** Rules and hashing of passwords. */
export const PasswordOptions = Type.Object(
  {
    /** Minimum number of characters (code points) of a new password. NIST SP 800-63B-4 requires 15 if it is the only factor. */
    minimumLength: Type.Optional(Type.Integer({ minimum: 8, maximum: 64, default: 8 })),
    /** A new password must have a letter, of any script. */
    requireLetter: Type.Optional(Type.Boolean({ default: false })),
    /** A new password must have a digit, of any script. */
    requireDigit: Type.Optional(Type.Boolean({ default: false })),
    /** Names that a password must not consist of, such as the company's. The names of the application and the user are always included. */
    forbiddenWords: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String({ minLength: 4, maxLength: 100 }), {
          maxItems: 100,
          default: [],
          description: 'a list of at most 100 words of 4 to 100 characters',
        }),
      ),
    ),
    /** Returns whether a password is known from a breach. Called after all other rules; if it throws or times out, the password passes. */
    breachedPasswordCheck: Type.Optional(Type.Unsafe<BreachedPasswordCheck>(Type.Unknown())),
    /** How long `breachedPasswordCheck` may take. */
    breachedPasswordTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 10, default: 1.5 })),
    /** Algorithm and cost of new hashes: `bcrypt:12`, `argon2id:m=19456,t=2,p=1`, `scrypt:ln=17,r=8,p=1`. `npx fast-auth hash-cost` measures what suits a machine. A hash of another kind, or a weaker one, is replaced when its owner signs in. */
    hasher: Type.Optional(
      Type.Unsafe<HasherSetting>(
        Type.String({ format: 'passwordHasher', default: 'bcrypt:12', description: allowedHashers }),
      ),
    ),
    /** Secrets that passwords are mixed with before hashing, newest first: without them, hashes from the database cannot be cracked. A hash without the newest is replaced when its owner signs in; removing one locks out all users who have not signed in since. */
    pepper: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String(), {
          maxItems: 16,
          default: [],
          description: 'a list of at most 16 secrets, made with: npx fast-auth secret',
        }),
      ),
    ),
    /** Formats of imported hashes that fast-auth does not support, made with `custom`. */
    formats: Type.Optional(
      Type.Unsafe<readonly PasswordFormat[]>(
        Type.Array(Type.Unknown(), {
          maxItems: 16,
          default: [],
          description: 'a list of at most 16 formats, made with custom()',
        }),
      ),
    ),
    /** Maximum number of concurrent hash computations. Default: the number of cores minus one, at least 1. */
    hashingConcurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 128 })),
    /** How many wait for their turn at most, beyond which sign-ins are answered with 503. Networks are served in turn, known devices and live sessions first. The default is 16 for each of `hashingConcurrency`. */
    hashingQueueLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
)
