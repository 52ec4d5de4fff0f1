import { normalisePassword } from './normalise-password.js'
import { maximumBytes } from './rules/maximum-bytes.js'
import { maximumLength } from './rules/maximum-length.js'
import { minimumLength } from './rules/minimum-length.js'

export interface PasswordPolicyOptions {
  /** In code points. Default 8; NIST SP 800-63B-4 asks for 15 where the password is the only factor. */
  readonly minimumLength?: number
}

/** In the order in which they are asked. The bytes come first: they bound what the other rules have to look at. */
const rulesOf = ({ minimumLength: minimum = 8 }: PasswordPolicyOptions) => [
  maximumBytes(1024),
  maximumLength(128),
  minimumLength(minimum),
]

/** The first rule that a password breaks, by name, and a sentence for the person that never holds the password. */
export type PasswordViolation = NonNullable<ReturnType<ReturnType<typeof rulesOf>[number]>>

export interface PasswordPolicy {
  /**
   * What stands against choosing this password, or `null`. It is for passwords that are being set: one that was set
   * under an older policy still signs in.
   */
  violation(password: string): PasswordViolation | null
}

/** What may become a password. A password that is too long is refused, never cut. */
export function createPasswordPolicy(options: PasswordPolicyOptions = {}): PasswordPolicy {
  const rules = rulesOf(options)
  return {
    violation(password) {
      const normalised = normalisePassword(password)
      for (const rule of rules) {
        const violation = rule(normalised)
        if (violation !== null) return violation
      }
      return null
    },
  }
}
