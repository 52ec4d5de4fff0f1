import { canonicalEmail } from '../email/canonical-email.js'
import { ValidationError } from '../errors/index.js'

/** The canonical form of an address that somebody typed. @throws {ValidationError} that names the field `email`. */
export function acceptedEmail(typed: string): string {
  const email = canonicalEmail(typed)
  if (email === null)
    throw new ValidationError('email', 'format', 'must be one plain e-mail address such as ada@example.com')
  return email
}
