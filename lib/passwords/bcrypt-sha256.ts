import { createHmac, timingSafeEqual } from 'node:crypto'
import bcrypt from 'bcrypt'
import { assertHashable } from './assert-hashable.js'
import { normalisePassword } from './normalise-password.js'

const minimumCost = 4
const maximumCost = 20

const prefix = '$bcrypt-sha256$v=2,t=2b,r='
const saltLength = 22
const digestLength = 31

/**
 * 22 characters hold 132 bits and a salt has 128: the last one is `.`, `O`, `e` or `u`, as passlib demands too. With any
 * other, bcrypt would salt with another text than the one that keys the HMAC. The cost is capped so that a stored
 * string can't keep a core busy for hours.
 */
const pattern = /^\$bcrypt-sha256\$v=2,t=2b,r=(?:[4-9]|1\d|20)\$[./A-Za-z0-9]{21}[.Oeu]\$[./A-Za-z0-9]{31}$/

interface Parts {
  /** Binary logarithm of the rounds. */
  readonly cost: number
  /** 22 characters of bcrypt's own base64. */
  readonly salt: string
  /** 31 characters of the same. */
  readonly digest: string
}

function format({ cost, salt, digest }: Parts): string {
  return `${prefix}${cost}$${salt}$${digest}`
}

function parse(storedHash: string): Parts | null {
  if (!pattern.test(storedHash)) return null
  const digestAt = storedHash.length - digestLength
  const saltAt = digestAt - 1 - saltLength
  return {
    cost: Number(storedHash.slice(prefix.length, saltAt - 1)),
    salt: storedHash.slice(saltAt, digestAt - 1),
    digest: storedHash.slice(digestAt),
  }
}

function assertCost(cost: number): void {
  if (!Number.isInteger(cost) || cost < minimumCost || cost > maximumCost) {
    throw new RangeError(`The bcrypt cost must be a whole number from ${minimumCost} to ${maximumCost}`)
  }
}

/** Drawing a salt is no hashing and takes microseconds; the asynchronous form would wait behind hashes in the thread pool. */
function randomSalt(): string {
  return bcrypt.genSaltSync(minimumCost).slice(-saltLength)
}

/**
 * bcrypt looks at no byte after the 72nd, so it is given 44 characters that depend on every byte of the password. They
 * are keyed with the salt: a table of plain SHA-256 digests of leaked passwords is of no use against them.
 */
async function digestOf(password: string, { cost, salt }: Omit<Parts, 'digest'>): Promise<string> {
  assertHashable(password)
  const inner = createHmac('sha256', salt).update(normalisePassword(password), 'utf8').digest('base64')
  const hash = await bcrypt.hash(inner, `$2b$${String(cost).padStart(2, '0')}$${salt}`)
  return hash.slice(-digestLength)
}

/**
 * passlib's `bcrypt_sha256`, version 2: `$bcrypt-sha256$v=2,t=2b,r=12$<salt>$<digest>`. The digest is that of bcrypt
 * `$2b$`; its input is base64(HMAC-SHA-256(key: the salt's text, the password in NFC and UTF-8)).
 * Costs are from 4 to 20. Hashing and verifying run in libuv's thread pool.
 */
export const bcryptSha256 = {
  /**
   * Under a new random salt.
   * @throws {RangeError} The cost is out of range.
   * @throws {TypeError} See `assertHashable`.
   */
  async hash(password: string, cost: number): Promise<string> {
    assertCost(cost)
    const salt = randomSalt()
    return format({ cost, salt, digest: await digestOf(password, { cost, salt }) })
  },

  /**
   * `false`, without hashing anything, for a string that isn't of this format.
   * @throws {TypeError} See `assertHashable`.
   */
  async verify(password: string, storedHash: string): Promise<boolean> {
    const stored = parse(storedHash)
    if (stored === null) return false
    const digest = await digestOf(password, stored)
    return timingSafeEqual(Buffer.from(digest), Buffer.from(stored.digest))
  },

  /** Whether the whole string is of this format and can be verified, not just its beginning. */
  identifies(storedHash: string): boolean {
    return pattern.test(storedHash)
  },

  /** The cost that is written in the string; `null` if it isn't of this format. */
  cost(storedHash: string): number | null {
    return parse(storedHash)?.cost ?? null
  },

  /**
   * A hash that costs as much to verify as any other and that no password is known for, made without hashing.
   * @throws {RangeError} The cost is out of range.
   */
  decoy(cost: number): string {
    assertCost(cost)
    return format({ cost, salt: '.'.repeat(saltLength), digest: '.'.repeat(digestLength) })
  },
}
