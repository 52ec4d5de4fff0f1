import { foldCase } from '../fold-case.js'
import { countCodePoints } from './count-code-points.js'
import type { PasswordRule } from './password-rule.js'

/** Minimum number of characters besides the forbidden words. */
const leastRest = 8

/**
 * Refuses passwords that consist of words known about the owner or the application: at least 8 characters must remain without
 * these words, anywhere in the password and in any case.
 * @param forbidden case-folded words that apply to all users
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
