import { normalisePassword } from './normalise-password.js'

/**
 * Folds case for comparisons with lists and words; never for hashing. It converts to upper case first, so that ß and SS, ſ and
 * S become equal, similar to Unicode case folding.
 */
export function foldCase(text: string): string {
  return normalisePassword(normalisePassword(text).toUpperCase().toLowerCase())
}
