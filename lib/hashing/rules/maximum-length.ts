import { countCodePoints } from './count-code-points.js'
import type { PasswordRule } from './password-rule.js'

/** Requires at most `maximum` code points. */
export function maximumLength(maximum: number): PasswordRule<'maximumLength'> {
  const violation = { rule: 'maximumLength', message: `The password must have at most ${maximum} characters.` } as const
  return password => (countCodePoints(password) > maximum ? violation : null)
}
