import { foldCase } from './fold-case.js'
import { countCodePoints } from './rules/count-code-points.js'

/** Shorter words are in too many good passwords. */
const leastLength = 4

/** Whose password it is to be, as far as a guesser would know. */
export interface PasswordOwner {
  readonly email: string
  readonly username: string | null
}

/** A name whole and in its parts, without case: `Ada.Lovelace` is also `ada` and `lovelace`. Short ones are left out. */
export function contextWords(names: readonly string[]): readonly string[] {
  const words = names.flatMap(name => [name, ...name.split(/[^\p{L}\p{M}\p{N}]+/u)]).map(foldCase)
  return [...new Set(words)].filter(word => countCodePoints(word) >= leastLength)
}

/** What a guesser tries first of this person: the address, its local part and the user name. */
export function ownersWords({ email, username }: PasswordOwner): readonly string[] {
  return [foldCase(email), ...contextWords([email.slice(0, email.lastIndexOf('@')), username ?? ''])]
}
