import type { PasswordRule } from './password-rule.js'

/** Requires a letter of any script. */
export function requiredLetter(): PasswordRule<'requireLetter'> {
  const violation = { rule: 'requireLetter', message: 'The password must have a letter.' } as const
  return password => (/\p{L}/u.test(password) ? null : violation)
}

/** Requires a digit of any script. */
export function requiredDigit(): PasswordRule<'requireDigit'> {
  const violation = { rule: 'requireDigit', message: 'The password must have a digit.' } as const
  return password => (/\p{Nd}/u.test(password) ? null : violation)
}
