import type { PasswordFormat } from './password-format.js'

export interface CustomFormat {
  /** Whether a stored string, the whole of it, is of this format. Must cap what a string may cost, and must not throw. */
  identifies(stored: string): boolean
  /**
   * Whether the password, in Unicode's form NFC, is the one that was hashed. Must compare in constant time, and off the
   * main thread where that takes long. What it throws makes the sign-in fail with 500 and is logged.
   */
  verifies(password: string, stored: string): boolean | Promise<boolean>
}

/**
 * A format that fast-auth doesn't know, for the option `passwords.formats`. It is asked about strings that none of the
 * formats here is made of; new hashes are never made with it.
 */
export function custom(format: CustomFormat): PasswordFormat {
  const identifies = (stored: string) => format.identifies(stored) === true
  return {
    identifies,
    verifies: async (password, stored) => identifies(stored) && (await format.verifies(password, stored)) === true,
  }
}
