import type { PasswordFormat } from './password-format.js'

/** The two functions of a format of password hashes. */
export interface CustomFormat {
  /** Returns whether a whole stored string is of this format. Must limit the cost of a string, and must not throw. */
  identifies(stored: string): boolean
  /**
   * Returns whether the password, in Unicode's form NFC, matches the stored string. Must compare in constant time, and off the
   * main thread if that takes long. If it throws, the sign-in fails with 500 and the error is logged.
   */
  verifies(password: string, stored: string): boolean | Promise<boolean>
}

/**
 * Creates a format of imported hashes, for the option `passwords.formats`. fast-auth uses it for stored strings that match no
 * built-in format. It never makes new hashes with it: at the next sign-in it replaces the imported hash.
 * @example
 * ```ts
 * import { pbkdf2Sync, timingSafeEqual } from 'node:crypto'
 * import { custom } from 'fast-auth'
 *
 * const pbkdf2 = custom({
 *   identifies: stored => /^pbkdf2:[0-9a-f]{32}:[0-9a-f]{64}$/.test(stored),
 *   verifies(password, stored) {
 *     const [, salt = '', digest = ''] = stored.split(':')
 *     return timingSafeEqual(pbkdf2Sync(password, salt, 20_000, 32, 'sha256'), Buffer.from(digest, 'hex'))
 *   },
 * })
 * await app.register(fastAuth, { secrets, storage, passwords: { formats: [pbkdf2] } })
 * ```
 */
export function custom(format: CustomFormat): PasswordFormat {
  const identifies = (stored: string) => format.identifies(stored) === true
  return {
    identifies,
    verifies: async (password, stored) => identifies(stored) && (await format.verifies(password, stored)) === true,
  }
}
