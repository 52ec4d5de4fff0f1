import { normalisePassword } from './normalise-password.js'

/**
 * Without case, for comparing with lists and words; never for hashing. By way of upper case, so that ß and SS, ſ and S
 * are one, much as Unicode's own case folding has it.
 */
export function foldCase(text: string): string {
  return normalisePassword(normalisePassword(text).toUpperCase().toLowerCase())
}
