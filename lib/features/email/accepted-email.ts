import { ValidationError } from '../../errors/index.js'
import { canonicalEmail } from '../../mail/canonical-email.js'

/** Returns the canonical form of an address as typed. @throws {ValidationError} names the field `email`. */
export function acceptedEmail(typed: string): string {
  const email = canonicalEmail(typed)
  if (email === null)
    throw new ValidationError('email', 'format', 'must be one plain e-mail address such as ada@example.com')
  return email
}
