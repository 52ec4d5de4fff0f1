/** The rules that a new password can break. `breached`: the application's check found the password in a breach. */
export const passwordRules = [
  'maximumBytes',
  'maximumLength',
  'minimumLength',
  'requireLetter',
  'requireDigit',
  'frequentPassword',
  'contextWord',
  'breached',
] as const

/** A rule that a new password can break. */
export type PasswordRule = (typeof passwordRules)[number]
