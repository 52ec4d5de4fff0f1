import { bcryptSha256 } from './bcrypt-sha256.js'

/** Whether this is a stored password that sign-in can verify: of a known format, whole, and not too costly. */
export function identifiesPasswordHash(stored: string): boolean {
  return bcryptSha256.identifies(stored)
}
