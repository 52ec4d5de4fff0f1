import bcrypt from 'bcrypt'
import type { PasswordFormat } from './password-format.js'
import { isSameDigest } from './same-digest.js'

/** The cost is capped: 16 takes some seconds, and 31 would occupy a core for a day. */
const pattern = /^\$2[aby]\$(0[4-9]|1[0-6])\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/

/** Returns the last 31 characters of a bcrypt hash, computed in libuv's thread pool. */
export async function bcryptDigest(password: string, cost: number, salt: string): Promise<string> {
  const hash = await bcrypt.hash(password, `$2b$${String(cost).padStart(2, '0')}$${salt}`)
  return hash.slice(-31)
}

/**
 * bcrypt as other systems store it: `$2a$`, `$2b$` or `$2y$`, cost 4 to 16. It uses only 72 bytes of a password, so those of
 * a longer one suffice to sign in, until the hash is replaced at the next sign-in. The three kinds are verified alike: `$2a$`
 * hashes of the few old implementations that counted the length in one byte fail for passwords of more than 254 bytes.
 */
export const plainBcrypt = {
  identifies(stored: string): boolean {
    return pattern.test(stored)
  },

  async verifies(password: string, stored: string): Promise<boolean> {
    const match = pattern.exec(stored)
    if (match === null) return false
    const [, cost, salt = '', digest = ''] = match
    return isSameDigest(Buffer.from(await bcryptDigest(password, Number(cost), salt)), Buffer.from(digest))
  },

  /** Returns the cost in the string; `null` if it is not of this format. */
  cost(stored: string): number | null {
    const cost = pattern.exec(stored)?.[1]
    return cost === undefined ? null : Number(cost)
  },
} as const satisfies PasswordFormat & { cost(stored: string): number | null }
