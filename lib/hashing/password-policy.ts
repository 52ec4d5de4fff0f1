import { contextWords, ownersWords, type PasswordOwner } from './context-words.js'
import { normalisePassword } from './normalise-password.js'
import { contextWord } from './rules/context-word.js'
import { frequentPassword } from './rules/frequent-password.js'
import { maximumBytes } from './rules/maximum-bytes.js'
import { maximumLength } from './rules/maximum-length.js'
import { minimumLength } from './rules/minimum-length.js'
import type { RuleViolation } from './rules/password-rule.js'
import { requiredDigit, requiredLetter } from './rules/required-character.js'

export interface PasswordPolicyOptions {
  /** In code points. Default 8; NIST SP 800-63B-4 requires 15 if the password is the only factor. */
  readonly minimumLength?: number
  readonly requireLetter?: boolean
  readonly requireDigit?: boolean
  /** Names that a password must not consist of: the application's, the company's. */
  readonly forbiddenWords?: readonly string[]
}

/** Returns the rules in order. The bytes come first: they bound the input of the other rules. */
function rulesOf({ minimumLength: minimum = 8, requireLetter, requireDigit, forbiddenWords }: PasswordPolicyOptions) {
  return [
    maximumBytes(1024),
    maximumLength(128),
    minimumLength(minimum),
    ...(requireLetter ? [requiredLetter()] : []),
    ...(requireDigit ? [requiredDigit()] : []),
    frequentPassword(),
    contextWord(contextWords(forbiddenWords ?? [])),
  ]
}

export interface PasswordPolicy {
  /**
   * Returns the first rule that the password breaks, or `null`. For new passwords only: a password that was set under an older
   * policy still signs in.
   */
  violation(password: string, owner: PasswordOwner): RuleViolation | null
}

/** Creates the policy for new passwords. A password that is too long is refused, never truncated. */
export function createPasswordPolicy(options: PasswordPolicyOptions = {}): PasswordPolicy {
  const rules = rulesOf(options)
  return {
    violation(password, owner) {
      const normalised = normalisePassword(password)
      const words = ownersWords(owner)
      for (const rule of rules) {
        const violation = rule(normalised, words)
        if (violation !== null) return violation
      }
      return null
    },
  }
}
