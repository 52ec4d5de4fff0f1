export interface RuleViolation<Name extends string = string> {
  readonly rule: Name
  /** A sentence for the person. It never holds the password. */
  readonly message: string
}

/** Says what is wrong with a password, which is in its normalised form, or `null`. */
export type PasswordRule<Name extends string = string> = (password: string) => RuleViolation<Name> | null
