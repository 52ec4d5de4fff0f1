import type { PasswordRule as PasswordRuleName } from '../../../schemas/index.js'

export interface RuleViolation<Name extends PasswordRuleName = PasswordRuleName> {
  readonly rule: Name
  /** A sentence for the person. It never holds the password. */
  readonly message: string
}

/**
 * Says what is wrong with a password, which is in its normalised form, or `null`.
 * @param words What its owner is known by, without case.
 */
export type PasswordRule<Name extends PasswordRuleName = PasswordRuleName> = (
  password: string,
  words: readonly string[],
) => RuleViolation<Name> | null
