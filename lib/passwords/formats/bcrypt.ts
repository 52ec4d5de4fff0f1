import bcrypt from 'bcrypt'
import type { PasswordFormat } from './password-format.js'
import { isSameDigest } from './same-digest.js'

/** The cost is capped: 16 takes some seconds, and 31 would keep a core busy for a day. */
const pattern = /^\$2[aby]\$(0[4-9]|1[0-6])\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/

/** The last 31 characters of a bcrypt hash, in libuv's thread pool. */
export async function bcryptDigest(password: string, cost: number, salt: string): Promise<string> {
  const hash = await bcrypt.hash(password, `$2b$${String(cost).padStart(2, '0')}$${salt}`)
  return hash.slice(-31)
}

/**
 * bcrypt as other systems store it: `$2a$`, `$2b$` or `$2y$`, cost 4 to 16. It looks at 72 bytes of a password and no
 * more, so whoever knows those of a longer one gets in, until the hash is replaced at the next sign-in. The three kinds
 * are verified alike: `$2a$` of the few old implementations that counted the length in one byte fail for passwords of
 * more than 254 bytes.
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

  /** The cost that is written in the string; `null` if it isn't of this format. */
  cost(stored: string): number | null {
    const cost = pattern.exec(stored)?.[1]
    return cost === undefined ? null : Number(cost)
  },
} as const satisfies PasswordFormat & { cost(stored: string): number | null }
