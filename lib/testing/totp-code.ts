import { fromBase32, hotp, totpStep } from '../tokens/totp.js'

/**
 * Returns the code that an authenticator app shows. fast-auth accepts each code once: let 30 seconds pass between two sign-ins
 * of a user, with a test clock or with a later `at`.
 * @param secret the `secret` of the response of `startTotp`, in Base32
 * @param at time in milliseconds since the Unix epoch
 * @throws {TypeError} The secret is not Base32.
 * @example
 * ```ts
 * import { createTestClock, totpCode } from 'fast-auth/testing'
 *
 * const { clock } = createTestClock()
 * const code = totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', clock())
 * ```
 * @see RFC 6238
 */
export function totpCode(secret: string, at: number = Date.now()): string {
  return hotp(fromBase32(secret), totpStep(at))
}
