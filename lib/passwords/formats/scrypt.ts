import { randomBytes, scrypt as scryptWithCallback } from 'node:crypto'
import { promisify } from 'node:util'
import type { PasswordFormat, PasswordHasher } from './password-format.js'
import { isSameDigest } from './same-digest.js'
import { fromBase64, isBase64, toBase64 } from './unpadded-base64.js'

export interface ScryptCost {
  /** Binary logarithm of the rounds. */
  readonly logRounds: number
  readonly blockSize: number
  readonly parallelism: number
}

const derive = promisify<string, Buffer, number, object, Buffer>(scryptWithCallback)

const saltBytes = 16
const digestBytes = 32

/** Salts have up to 48 bytes, digests 16 to 64. */
const pattern = /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d?),p=([1-9]\d?)\$([+/A-Za-z0-9]{0,64})\$([+/A-Za-z0-9]{22,86})$/

const maximumMemoryBytes = 2 ** 30
const maximumWorkBytes = 2 ** 32

const memoryBytes = ({ logRounds, blockSize }: ScryptCost) => 128 * 2 ** logRounds * blockSize
const workBytes = (cost: ScryptCost) => memoryBytes(cost) * cost.parallelism

/**
 * Up to 1 GiB, and 4 GiB of work in all, some seconds: what asks for more is not verified, nor made. The algorithm itself
 * asks for fewer than 2^(16 · blockSize) rounds.
 */
export function isScryptCostBounded(cost: ScryptCost): boolean {
  return (
    memoryBytes(cost) <= maximumMemoryBytes &&
    workBytes(cost) <= maximumWorkBytes &&
    cost.logRounds < 16 * cost.blockSize
  )
}

interface Stored {
  readonly cost: ScryptCost
  readonly salt: Buffer
  readonly digest: Buffer
}

function read(stored: string): Stored | null {
  const match = pattern.exec(stored)
  if (match === null) return null
  const [, logRounds, blockSize, parallelism, salt = '', digest = ''] = match
  const cost = { logRounds: Number(logRounds), blockSize: Number(blockSize), parallelism: Number(parallelism) }
  if (!isScryptCostBounded(cost) || !isBase64(salt) || !isBase64(digest)) return null
  return { cost, salt: fromBase64(salt), digest: fromBase64(digest) }
}

/** Node refuses to take more than 32 MiB unless it is told how much: here, exactly what the parameters need. */
function digestOf(password: string, cost: ScryptCost, salt: Buffer, length: number): Promise<Buffer> {
  const { logRounds, blockSize: r, parallelism: p } = cost
  const N = 2 ** logRounds
  return derive(password, salt, length, { N, r, p, maxmem: 128 * r * (N + p + 2) })
}

/** scrypt (RFC 7914) as passlib writes it: `$scrypt$ln=17,r=8,p=1$<salt>$<digest>`. It runs in libuv's thread pool. */
export const scrypt: PasswordFormat = {
  identifies: stored => read(stored) !== null,
  async verifies(password, stored) {
    const known = read(stored)
    if (known === null) return false
    const { cost, salt, digest } = known
    return isSameDigest(await digestOf(password, cost, salt, digest.length), digest)
  },
}

/** Makes scrypt hashes. Each takes 128 · 2^logRounds · blockSize bytes while it is computed: 128 MiB for ln=17, r=8. */
export function scryptHasher(cost: ScryptCost): PasswordHasher {
  const { logRounds, blockSize, parallelism } = cost
  const parameters = `ln=${logRounds},r=${blockSize},p=${parallelism}`
  const format = (salt: Buffer, digest: Buffer) => `$scrypt$${parameters}$${toBase64(salt)}$${toBase64(digest)}`
  /** Less memory is weaker, and so is less work in all. */
  const isGoodEnough = (stored: string) => {
    const known = read(stored)?.cost ?? null
    return known !== null && memoryBytes(known) >= memoryBytes(cost) && workBytes(known) >= workBytes(cost)
  }
  return {
    ...scrypt,
    setting: `scrypt:${parameters}`,
    decoy: format(Buffer.alloc(saltBytes), Buffer.alloc(digestBytes)),
    async hash(password) {
      const salt = randomBytes(saltBytes)
      return format(salt, await digestOf(password, cost, salt, digestBytes))
    },
    isGoodEnough,
    decoysBeside: stored => (isGoodEnough(stored) ? [] : null),
    trial: () => scryptHasher({ logRounds: 1, blockSize: 1, parallelism: 1 }),
  }
}
