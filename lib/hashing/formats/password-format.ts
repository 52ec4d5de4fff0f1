/**
 * One format of stored passwords. The password that it gets is in normal form; with a pepper it gets 44 characters of base64
 * instead. The stored string is the part after the pepper's id.
 */
export interface PasswordFormat {
  /**
   * Returns whether the whole string is of this format, with allowed parameters: a string that is not identified is never
   * verified. It hashes nothing, and takes no longer for a hostile string.
   */
  identifies(stored: string): boolean
  /** Returns whether the password matches. `false`, without hashing, for a string that is not identified. */
  verifies(password: string, stored: string): Promise<boolean>
}

/** A format with parameters, for new hashes. */
export interface PasswordHasher extends PasswordFormat {
  /** The setting, such as `bcrypt:12`. */
  readonly setting: string
  /** A hash that costs as much to verify as every new one, and whose password is unknown. Created without hashing. */
  readonly decoy: string
  /** Hashes with a new random salt. */
  hash(password: string): Promise<string>
  /** Returns whether a stored hash must be replaced: it is of another format, or weaker than a new one. */
  needsRehash(stored: string): boolean
  /**
   * Returns hashes with unknown passwords that, together with `stored` itself, take as long as one new hash. `null` if the
   * time of `stored` cannot be predicted.
   */
  decoysBeside(stored: string): readonly string[] | null
  /** Returns the same hasher with minimal parameters, so that a hash takes a millisecond: to test whether hashing works here. */
  trial(): PasswordHasher
}
