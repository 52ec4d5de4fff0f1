import { Type } from '@sinclair/typebox'
import type { BreachedPasswordCheck } from '../../hashing/breached-password-check.js'
import type { PasswordFormat } from '../../hashing/formats/password-format.js'
import { allowedHashers, type HasherSetting } from '../../hashing/hasher-setting.js'

/** Rules and hashing of passwords. */
export const PasswordOptions = Type.Object(
  {
    /**
     * Minimum length of a new password, in characters (code points). NIST requires 15 if the password is the only factor.
     * @default 8
     * @see NIST SP 800-63B-4, section 3.1.1.2; OWASP ASVS 5.0, 6.2.1
     */
    minimumLength: Type.Optional(Type.Integer({ minimum: 8, maximum: 64, default: 8 })),
    /**
     * Requires a letter of any script in a new password.
     * @default false
     * @see OWASP ASVS 5.0, 6.2.5 (which advises against it)
     */
    requireLetter: Type.Optional(Type.Boolean({ default: false })),
    /**
     * Requires a digit of any script in a new password.
     * @default false
     * @see OWASP ASVS 5.0, 6.2.5 (which advises against it)
     */
    requireDigit: Type.Optional(Type.Boolean({ default: false })),
    /**
     * Names that a password must not consist of, such as that of your company. The names of the application and of the user
     * are always included.
     * @default []
     * @example
     * ```ts
     * forbiddenWords: ['Example Industries']
     * ```
     * @see OWASP ASVS 5.0, 6.2.11
     */
    forbiddenWords: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String({ minLength: 4, maxLength: 100 }), {
          maxItems: 100,
          default: [],
          description: 'a list of at most 100 words of 4 to 100 characters',
        }),
      ),
    ),
    /**
     * Returns whether a new password is known from a breach. fast-auth calls it after all other rules. If it throws or times
     * out, the password passes.
     * @default none: no list of breached passwords is asked
     * @example
     * ```ts
     * import { createHash } from 'node:crypto'
     *
     * async function breachedPasswordCheck(password: string, { signal }: { signal: AbortSignal }) {
     *   const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
     *   const response = await fetch(`https://api.pwnedpasswords.com/range/${digest.slice(0, 5)}`, { signal })
     *   if (!response.ok) throw new Error(`Pwned Passwords answered ${response.status}`)
     *   return (await response.text()).includes(digest.slice(5))
     * }
     * await app.register(fastAuth, { secrets, storage, passwords: { breachedPasswordCheck } })
     * ```
     * @see NIST SP 800-63B-4, section 3.1.1.2; OWASP ASVS 5.0, 6.2.12
     */
    breachedPasswordCheck: Type.Optional(Type.Unsafe<BreachedPasswordCheck>(Type.Unknown())),
    /**
     * Maximum duration of `breachedPasswordCheck`, in seconds.
     * @default 1.5
     */
    breachedPasswordTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 10, default: 1.5 })),
    /**
     * Path or URL of your page where users change their passwords. The route `/.well-known/change-password` leads there, so that
     * password managers find it.
     * @default none: the route does not exist
     * @example
     * ```ts
     * changePasswordUrl: '/account/password'
     * ```
     * @see W3C, A Well-Known URL for Changing Passwords
     */
    changePasswordUrl: Type.Optional(
      Type.String({ format: 'pageUrl', description: 'a path such as /account, or an http or https URL' }),
    ),
    /**
     * Algorithm and cost of new hashes. `npx fast-auth hash-cost` measures which cost suits a machine. fast-auth replaces a hash
     * of another algorithm, or a weaker one, when its owner signs in.
     * @default 'bcrypt:12'
     * @example
     * ```ts
     * hasher: 'argon2id:m=19456,t=2,p=1' // or 'bcrypt:12', 'scrypt:ln=17,r=8,p=1'
     * ```
     * @see OWASP Password Storage Cheat Sheet; OWASP ASVS 5.0, 11.4.2
     */
    hasher: Type.Optional(
      Type.Unsafe<HasherSetting>(
        Type.String({ format: 'passwordHasher', default: 'bcrypt:12', description: allowedHashers }),
      ),
    ),
    /**
     * Secrets that are mixed into passwords before hashing, newest first. An attacker who has only the database cannot crack
     * its hashes. fast-auth replaces a hash without the newest pepper when its owner signs in. If you remove a pepper, users who
     * have not signed in since it was replaced must reset their passwords.
     * @default []
     * @example
     * ```ts
     * pepper: [process.env.PASSWORD_PEPPER ?? '']
     * ```
     * @see NIST SP 800-63B-4, section 3.1.1.2; OWASP Password Storage Cheat Sheet
     */
    pepper: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(Type.String(), {
          maxItems: 16,
          default: [],
          description: 'a list of at most 16 secrets, made with: npx fast-auth secret',
        }),
      ),
    ),
    /**
     * Formats of imported hashes that fast-auth does not support, made with `custom`.
     * @default []
     * @example
     * ```ts
     * import { createHash, timingSafeEqual } from 'node:crypto'
     * import { custom } from 'fast-auth'
     *
     * const saltedSha256 = custom({
     *   identifies: stored => /^sha256:[0-9a-f]{32}:[0-9a-f]{64}$/.test(stored),
     *   verifies(password, stored) {
     *     const [, salt = '', digest = ''] = stored.split(':')
     *     return timingSafeEqual(createHash('sha256').update(salt + password).digest(), Buffer.from(digest, 'hex'))
     *   },
     * })
     * await app.register(fastAuth, { secrets, storage, passwords: { formats: [saltedSha256] } })
     * ```
     */
    formats: Type.Optional(
      Type.Unsafe<readonly PasswordFormat[]>(
        Type.Array(Type.Unknown(), {
          maxItems: 16,
          default: [],
          description: 'a list of at most 16 formats, made with custom()',
        }),
      ),
    ),
    /**
     * Maximum number of hashes that a process computes concurrently.
     * @default The number of cores minus one, at least 1.
     */
    hashingConcurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 128 })),
    /**
     * Maximum number of hashes that wait in the queue. Beyond it, sign-ins get 503. Networks are served in turn, known devices
     * and live sessions first.
     * @default 16 times `hashingConcurrency`.
     */
    hashingQueueLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
)
