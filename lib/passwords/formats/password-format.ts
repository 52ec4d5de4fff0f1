/**
 * One way in which passwords are stored. The password that a format is given is in its normal form, and with a pepper it
 * is 44 characters of base64 in its place; the stored string is what stands behind the pepper's name.
 */
export interface PasswordFormat {
  /**
   * Whether the whole string is of this format, with parameters that may run: what is not identified is never verified.
   * It hashes nothing, and takes no longer for a hostile string.
   */
  identifies(stored: string): boolean
  /** Whether the password is the one that was hashed. `false`, without hashing anything, for what isn't identified. */
  verifies(password: string, stored: string): Promise<boolean>
}

/** A format with parameters: new hashes are made with it. */
export interface PasswordHasher extends PasswordFormat {
  /** As it is set: `bcrypt:12`. */
  readonly setting: string
  /** A hash that costs as much to verify as every new one, and that no password is known for. Made without hashing. */
  readonly decoy: string
  /** Under a new random salt. */
  hash(password: string): Promise<string>
  /** Whether a stored hash is of this format, and not weaker than a new one. */
  isGoodEnough(stored: string): boolean
  /**
   * Hashes that no password is known for, which take, with `stored` itself, as long as one new hash. `null` where it
   * cannot be told beforehand how long `stored` takes.
   */
  decoysBeside(stored: string): readonly string[] | null
  /** The same with parameters so low that a hash takes a millisecond: to see whether hashing works here at all. */
  trial(): PasswordHasher
}
