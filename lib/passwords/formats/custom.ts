import type { PasswordFormat } from './password-format.js'

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
 * Creates a format that fast-auth does not support, for the option `passwords.formats`. It is used for strings that match no
 * built-in format; new hashes are never made with it.
 */
export function custom(format: CustomFormat): PasswordFormat {
  const identifies = (stored: string) => format.identifies(stored) === true
  return {
    identifies,
    verifies: async (password, stored) => identifies(stored) && (await format.verifies(password, stored)) === true,
  }
}
