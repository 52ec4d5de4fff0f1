import { countCodePoints } from './count-code-points.js'
import type { PasswordRule } from './password-rule.js'

/** Requires at least `minimum` code points. */
export function minimumLength(minimum: number): PasswordRule<'minimumLength'> {
  const violation = {
    rule: 'minimumLength',
    message: `The password must have at least ${minimum} characters.`,
  } as const
  return password => (countCodePoints(password) < minimum ? violation : null)
}
