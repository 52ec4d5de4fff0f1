/**
 * The one form of a password that is counted and hashed: NFC, so that it doesn't matter how a keyboard composes an
 * accent. No trimming, no case change, no NFKC: what a person chose is what counts.
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFC')
}
