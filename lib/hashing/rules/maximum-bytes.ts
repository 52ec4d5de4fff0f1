import type { PasswordRule } from './password-rule.js'

/** Requires at most `maximum` bytes in UTF-8. */
export function maximumBytes(maximum: number): PasswordRule<'maximumBytes'> {
  const violation = { rule: 'maximumBytes', message: `The password must have at most ${maximum} bytes.` } as const
  return password => (Buffer.byteLength(password, 'utf8') > maximum ? violation : null)
}
