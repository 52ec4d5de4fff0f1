import type { PasswordFormat } from './password-format.js'
import { isSameDigest } from './same-digest.js'
import { fromBase64, isBase64 } from './unpadded-base64.js'

/** The parts of a stored hash; salt and digest in base64 without padding. */
export interface SaltedParts<Cost> {
  readonly cost: Cost
  readonly salt: string
  readonly digest: string
}

export interface SaltedScheme<Cost> {
  /** `null` if the string has another format. */
  parse(stored: string): SaltedParts<Cost> | null
  /** Returns whether this cost is allowed. */
  isBounded(cost: Cost): boolean
  digestOf(password: string, cost: Cost, salt: Buffer, digestBytes: number): Promise<Buffer>
}

/** A format whose stored string has the cost, the salt and the digest. */
export interface SaltedFormat<Cost> extends PasswordFormat {
  /** `null` for a string that is not identified. */
  costOf(stored: string): Cost | null
}

export function saltedFormat<Cost>({ parse, isBounded, digestOf }: SaltedScheme<Cost>): SaltedFormat<Cost> {
  function read(stored: string): SaltedParts<Cost> | null {
    const parts = parse(stored)
    const isSound = parts !== null && isBounded(parts.cost) && isBase64(parts.salt) && isBase64(parts.digest)
    return isSound ? parts : null
  }
  return {
    identifies: stored => read(stored) !== null,
    costOf: stored => read(stored)?.cost ?? null,
    async verifies(password, stored) {
      const parts = read(stored)
      if (parts === null) return false
      const digest = fromBase64(parts.digest)
      return isSameDigest(await digestOf(password, parts.cost, fromBase64(parts.salt), digest.length), digest)
    },
  }
}
