import crypto from 'node:crypto'
import { promisify } from 'node:util'
import type { PasswordHasher } from './password-format.js'
import { saltedFormat } from './salted-format.js'
import { saltedHasher } from './salted-hasher.js'

export interface ScryptCost {
  /** Binary logarithm of the rounds. */
  readonly logRounds: number
  readonly blockSize: number
  readonly parallelism: number
}

/** Salts have up to 48 bytes, digests 16 to 64. */
const pattern = /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d?),p=([1-9]\d?)\$([+/A-Za-z0-9]{0,64})\$([+/A-Za-z0-9]{22,86})$/

const maximumMemoryBytes = 2 ** 30
const maximumWorkBytes = 2 ** 32

const memoryBytes = ({ logRounds, blockSize }: ScryptCost) => 128 * 2 ** logRounds * blockSize
const workBytes = (cost: ScryptCost) => memoryBytes(cost) * cost.parallelism

/**
 * Up to 1 GiB, and 4 GiB of work in total, some seconds: a hash above that is neither verified nor made. The algorithm itself
 * requires fewer than 2^(16 · blockSize) rounds.
 */
export function isScryptCostBounded(cost: ScryptCost): boolean {
  return (
    memoryBytes(cost) <= maximumMemoryBytes &&
    workBytes(cost) <= maximumWorkBytes &&
    cost.logRounds < 16 * cost.blockSize
  )
}

/** Node refuses to use more than 32 MiB unless `maxmem` is set: here, to exactly what the parameters require. */
function digestOf(password: string, cost: ScryptCost, salt: Buffer, length: number): Promise<Buffer> {
  const { logRounds, blockSize: r, parallelism: p } = cost
  const N = 2 ** logRounds
  const derive = promisify<string, Buffer, number, object, Buffer>(crypto.scrypt)
  return derive(password, salt, length, { N, r, p, maxmem: 128 * r * (N + p + 2) })
}

/** scrypt (RFC 7914) as passlib writes it: `$scrypt$ln=17,r=8,p=1$<salt>$<digest>`. It runs in libuv's thread pool. */
export const scrypt = saltedFormat<ScryptCost>({
  parse(stored) {
    const match = pattern.exec(stored)
    if (match === null) return null
    const [, logRounds, blockSize, parallelism, salt = '', digest = ''] = match
    const cost = { logRounds: Number(logRounds), blockSize: Number(blockSize), parallelism: Number(parallelism) }
    return { cost, salt, digest }
  },
  isBounded: isScryptCostBounded,
  digestOf,
})

/** Creates the hasher for scrypt. Each hash takes 128 · 2^logRounds · blockSize bytes while it is computed: 128 MiB for ln=17, r=8. */
export function scryptHasher(cost: ScryptCost): PasswordHasher {
  const { logRounds, blockSize, parallelism } = cost
  const parameters = `ln=${logRounds},r=${blockSize},p=${parallelism}`
  return saltedHasher({
    format: scrypt,
    prefix: `$scrypt$${parameters}`,
    setting: `scrypt:${parameters}`,
    digestOf: (password, salt, digestBytes) => digestOf(password, cost, salt, digestBytes),
    /** A hash with less memory is weaker, and so is one with less total work. */
    needsRehash: known => memoryBytes(known) < memoryBytes(cost) || workBytes(known) < workBytes(cost),
    trial: () => scryptHasher({ logRounds: 1, blockSize: 1, parallelism: 1 }),
  })
}
