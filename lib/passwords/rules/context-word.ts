import { foldCase } from '../fold-case.js'
import { countCodePoints } from './count-code-points.js'
import type { PasswordRule } from './password-rule.js'

/** So much of a password must be its owner's own idea. */
const leastRest = 8

/**
 * Not made of what its owner or the application is known by: without these words, wherever they stand in it and in
 * whatever case, at least 8 characters must be left.
 * @param forbidden Words that are nobody's in particular, without case.
 */
export function contextWord(forbidden: readonly string[]): PasswordRule<'contextWord'> {
  const violation = {
    rule: 'contextWord',
    message: 'The password must not be made of your address, your name or the name of the application.',
  } as const
  return (password, words) => {
    const folded = foldCase(password)
    const longestFirst = [...forbidden, ...words].sort((one, other) => other.length - one.length)
    const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ''), folded)
    return rest !== folded && countCodePoints(rest) < leastRest ? violation : null
  }
}
