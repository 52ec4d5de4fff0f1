import { randomBytes } from 'node:crypto'
import type { PasswordHasher } from './password-format.js'
import type { SaltedFormat } from './salted-format.js'
import { toBase64 } from './unpadded-base64.js'

const saltBytes = 16
const digestBytes = 32

export interface SaltedHasherParts<Cost> {
  readonly format: SaltedFormat<Cost>
  /** The scheme's name and the cost, as they stand before the salt: `$scrypt$ln=17,r=8,p=1`. */
  readonly prefix: string
  /** As `PasswordHasher.setting`. */
  readonly setting: string
  /** Of the cost that new hashes have. */
  digestOf(password: string, salt: Buffer, digestBytes: number): Promise<Buffer>
  /** Whether a hash of this cost is not weaker than a new one. */
  isGoodEnough(cost: Cost): boolean
  trial(): PasswordHasher
}

/** Makes hashes of a salted format, each under 16 random bytes, with a digest of 32. */
export function saltedHasher<Cost>(parts: SaltedHasherParts<Cost>): PasswordHasher {
  const { format, prefix, setting, digestOf, trial } = parts
  const { identifies, verifies, costOf } = format
  const write = (salt: Buffer, digest: Buffer) => `${prefix}$${toBase64(salt)}$${toBase64(digest)}`
  const isGoodEnough = (stored: string) => {
    const cost = costOf(stored)
    return cost !== null && parts.isGoodEnough(cost)
  }
  return {
    identifies,
    verifies,
    setting,
    decoy: write(Buffer.alloc(saltBytes), Buffer.alloc(digestBytes)),
    async hash(password) {
      const salt = randomBytes(saltBytes)
      return write(salt, await digestOf(password, salt, digestBytes))
    },
    isGoodEnough,
    decoysBeside: stored => (isGoodEnough(stored) ? [] : null),
    trial,
  }
}
