import { createHmac } from 'node:crypto'
import bcrypt from 'bcrypt'
import { bcryptDigest, plainBcrypt } from './bcrypt.js'
import type { PasswordFormat, PasswordHasher } from './password-format.js'
import { isSameDigest } from './same-digest.js'

const minimumBcryptCost = 4

const prefix = '$bcrypt-sha256$v=2,t=2b,r='
const saltLength = 22
const digestLength = 31

/**
 * 22 characters hold 132 bits and a salt has 128: the last one is `.`, `O`, `e` or `u`, as passlib requires too. With any
 * other, bcrypt would use another text as salt than the HMAC as key.
 */
const pattern = /^\$bcrypt-sha256\$v=2,t=2b,r=([4-9]|1[0-6])\$([./A-Za-z0-9]{21}[.Oeu])\$([./A-Za-z0-9]{31})$/

function format(cost: number, salt: string, digest: string): string {
  return `${prefix}${cost}$${salt}$${digest}`
}

/** Generating a salt does not hash and takes microseconds; the asynchronous form would wait behind hashes in the thread pool. */
function randomSalt(): string {
  return bcrypt.genSaltSync(minimumBcryptCost).slice(-saltLength)
}

/**
 * bcrypt ignores bytes after the 72nd, so its input is 44 characters that depend on every byte of the password. They are keyed
 * with the salt, so a table of plain SHA-256 digests of leaked passwords is useless against them.
 */
function digestOf(password: string, cost: number, salt: string): Promise<string> {
  return bcryptDigest(createHmac('sha256', salt).update(password, 'utf8').digest('base64'), cost, salt)
}

/**
 * passlib's `bcrypt_sha256`, version 2: `$bcrypt-sha256$v=2,t=2b,r=12$<salt>$<digest>`. The digest is that of bcrypt
 * `$2b$`; its input is base64(HMAC-SHA-256(key: the salt's text, the password in UTF-8)). Costs are from 4 to 16.
 */
export const bcryptSha256: PasswordFormat = {
  identifies: stored => pattern.test(stored),
  async verifies(password, stored) {
    const match = pattern.exec(stored)
    if (match === null) return false
    const [, cost, salt = '', digest = ''] = match
    return isSameDigest(Buffer.from(await digestOf(password, Number(cost), salt)), Buffer.from(digest))
  },
}

/** Returns the cost of a hash that is based on bcrypt; `null` for any other. */
function bcryptCost(stored: string): number | null {
  const cost = pattern.exec(stored)?.[1]
  return cost === undefined ? plainBcrypt.cost(stored) : Number(cost)
}

function decoyOf(cost: number): string {
  return format(cost, '.'.repeat(saltLength), '.'.repeat(digestLength))
}

/** Creates the hasher for `bcrypt-sha256` with a cost from 4 to 16: one more doubles the work. */
export function bcryptHasher(cost: number): PasswordHasher {
  return {
    ...bcryptSha256,
    setting: `bcrypt:${cost}`,
    decoy: decoyOf(cost),
    async hash(password) {
      const salt = randomSalt()
      return format(cost, salt, await digestOf(password, cost, salt))
    },
    needsRehash: stored => !pattern.test(stored) || Number(bcryptCost(stored)) < cost,
    /**
     * The decoys of a hash of cost c have the costs c, c + 1, … up to cost − 1: 2^c + (2^c + … + 2^(cost − 1)) = 2^cost
     * rounds, exactly those of one new hash.
     */
    decoysBeside(stored) {
      const storedCost = bcryptCost(stored)
      if (storedCost === null) return null
      return Array.from({ length: Math.max(0, cost - storedCost) }, (_, more) => decoyOf(storedCost + more))
    },
    trial: () => bcryptHasher(minimumBcryptCost),
  }
}
