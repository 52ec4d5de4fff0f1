import { randomBytes } from 'node:crypto'
import type { PasswordHasher } from './password-format.js'
import type { SaltedFormat } from './salted-format.js'
import { toBase64 } from './unpadded-base64.js'

const saltBytes = 16
const digestBytes = 32

export interface SaltedHasherParts<Cost> {
  readonly format: SaltedFormat<Cost>
  /** The scheme's name and the cost, as written before the salt: `$scrypt$ln=17,r=8,p=1`. */
  readonly prefix: string
  /** As `PasswordHasher.setting`. */
  readonly setting: string
  /** Uses the cost of new hashes. */
  digestOf(password: string, salt: Buffer, digestBytes: number): Promise<Buffer>
  /** Returns whether a hash of this cost is weaker than a new one. */
  needsRehash(cost: Cost): boolean
  trial(): PasswordHasher
}

/** Creates a hasher of a salted format, with a salt of 16 random bytes and a digest of 32. */
export function saltedHasher<Cost>(parts: SaltedHasherParts<Cost>): PasswordHasher {
  const { format, prefix, setting, digestOf, trial } = parts
  const { identifies, verifies, costOf } = format
  const write = (salt: Buffer, digest: Buffer) => `${prefix}$${toBase64(salt)}$${toBase64(digest)}`
  const needsRehash = (stored: string) => {
    const cost = costOf(stored)
    return cost === null || parts.needsRehash(cost)
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
    needsRehash,
    decoysBeside: stored => (needsRehash(stored) ? null : []),
    trial,
  }
}
