import type { PasswordRule as PasswordRuleName } from '../../../schemas/index.js'

export interface RuleViolation<Name extends PasswordRuleName = PasswordRuleName> {
  readonly rule: Name
  /** A sentence for the person. It never contains the password. */
  readonly message: string
}

/**
 * Returns the violation of a password in its normal form, or `null`.
 * @param words case-folded words that are known about its owner
 */
export type PasswordRule<Name extends PasswordRuleName = PasswordRuleName> = (
  password: string,
  words: readonly string[],
) => RuleViolation<Name> | null
