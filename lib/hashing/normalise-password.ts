/**
 * Returns the normal form of a password, which is counted and hashed: NFC, so it does not matter how a keyboard composes
 * accents. No trimming, no case change, no NFKC: every character that a person chose counts.
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFC')
}
