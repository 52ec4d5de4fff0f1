import { foldCase } from './fold-case.js'
import { countCodePoints } from './rules/count-code-points.js'

/** Shorter words occur in too many good passwords. */
const leastLength = 4

/** The owner of the password, as far as an attacker would know. */
export interface PasswordOwner {
  readonly email: string
  readonly username: string | null
}

/** Returns a name and its parts, case-folded: `Ada.Lovelace` gives also `ada` and `lovelace`. Omits short words. */
export function contextWords(names: readonly string[]): readonly string[] {
  const words = names.flatMap(name => [name, ...name.split(/[^\p{L}\p{M}\p{N}]+/u)]).map(foldCase)
  return [...new Set(words)].filter(word => countCodePoints(word) >= leastLength)
}

/** Returns the words that an attacker tries first for this user: the address, its local part and the user name. */
export function ownersWords({ email, username }: PasswordOwner): readonly string[] {
  return [foldCase(email), ...contextWords([email.slice(0, email.lastIndexOf('@')), username ?? ''])]
}
