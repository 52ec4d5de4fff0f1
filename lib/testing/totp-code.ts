import { createHmac } from 'node:crypto'

/** RFC 4648, section 6. */
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** @throws {TypeError} */
function fromBase32(text: string): Buffer {
  const places = [...text.toUpperCase()].map(character => base32Alphabet.indexOf(character))
  if (places.includes(-1)) throw new TypeError('The secret is not Base32')
  const bits = places.map(place => place.toString(2).padStart(5, '0')).join('')
  const bytes = [...bits.matchAll(/.{8}/g)]
  return Buffer.from(bytes.map(([byte]) => Number.parseInt(byte, 2)))
}

/**
 * Returns the code that an authenticator app shows. Each code is accepted once: let 30 seconds pass between two sign-ins of a
 * user, with a test clock or with a later `at`. Computed independently of the code that checks it.
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
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', fromBase32(secret)).update(step).digest()
  const offset = mac.readUInt8(19) % 16
  return String((mac.readUInt32BE(offset) % 2 ** 31) % 1_000_000).padStart(6, '0')
}
