/** What a new password can break. `breached`: the application's own check knows it from a breach. */
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

export type PasswordRule = (typeof passwordRules)[number]
