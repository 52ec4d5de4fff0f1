import { randomBytes } from 'node:crypto'
import { loadArgon2 } from './load-argon2.js'
import type { PasswordFormat, PasswordHasher } from './password-format.js'
import { isSameDigest } from './same-digest.js'
import { fromBase64, isBase64, toBase64 } from './unpadded-base64.js'

export interface Argon2idCost {
  readonly memoryKibibytes: number
  readonly passes: number
  readonly parallelism: number
}

const saltBytes = 16
const digestBytes = 32

/** Salts have 8 to 48 bytes, digests 16 to 64. */
const pattern =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d{0,3}),p=([1-9]\d?)\$([+/A-Za-z0-9]{11,64})\$([+/A-Za-z0-9]{22,86})$/

const maximumMemory = 2 ** 20
const maximumWork = 2 ** 22
const maximumParallelism = 16

/** Up to 1 GiB, and 4 GiB in all passes together, some seconds: what asks for more is not verified, nor made. */
export function isArgon2idCostBounded({ memoryKibibytes, passes, parallelism }: Argon2idCost): boolean {
  return (
    memoryKibibytes <= maximumMemory &&
    memoryKibibytes * passes <= maximumWork &&
    parallelism <= maximumParallelism &&
    memoryKibibytes >= 8 * parallelism
  )
}

interface Stored {
  readonly cost: Argon2idCost
  readonly salt: Buffer
  readonly digest: Buffer
}

function read(stored: string): Stored | null {
  const match = pattern.exec(stored)
  if (match === null) return null
  const [, memory, passes, parallelism, salt = '', digest = ''] = match
  const cost = { memoryKibibytes: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  if (!isArgon2idCostBounded(cost) || !isBase64(salt) || !isBase64(digest)) return null
  return { cost, salt: fromBase64(salt), digest: fromBase64(digest) }
}

function digestOf(password: string, cost: Argon2idCost, salt: Buffer, outputLen: number): Promise<Buffer> {
  const { memoryKibibytes: memoryCost, passes: timeCost, parallelism } = cost
  return loadArgon2().hashRaw(password, { salt, memoryCost, timeCost, parallelism, outputLen })
}

/** Argon2id, version 1.3, as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<digest>`. */
export const argon2id: PasswordFormat = {
  identifies: stored => read(stored) !== null,
  async verifies(password, stored) {
    const known = read(stored)
    if (known === null) return false
    const { cost, salt, digest } = known
    return isSameDigest(await digestOf(password, cost, salt, digest.length), digest)
  },
}

/**
 * Makes argon2id hashes.
 * @throws {PasswordHasherUnavailableError} where `@node-rs/argon2` is missing.
 */
export function argon2idHasher(cost: Argon2idCost): PasswordHasher {
  loadArgon2()
  const { memoryKibibytes, passes, parallelism } = cost
  const parameters = `m=${memoryKibibytes},t=${passes},p=${parallelism}`
  const format = (salt: Buffer, digest: Buffer) => `$argon2id$v=19$${parameters}$${toBase64(salt)}$${toBase64(digest)}`
  /** Less memory is weaker, whatever the passes, and so is less work in all. */
  const isGoodEnough = (stored: string) => {
    const known = read(stored)
    if (known === null) return false
    const { memoryKibibytes: memory, passes: times } = known.cost
    return memory >= memoryKibibytes && memory * times >= memoryKibibytes * passes
  }
  return {
    ...argon2id,
    setting: `argon2id:${parameters}`,
    decoy: format(Buffer.alloc(saltBytes), Buffer.alloc(digestBytes)),
    async hash(password) {
      const salt = randomBytes(saltBytes)
      return format(salt, await digestOf(password, cost, salt, digestBytes))
    },
    isGoodEnough,
    decoysBeside: stored => (isGoodEnough(stored) ? [] : null),
    trial: () => argon2idHasher({ memoryKibibytes: 8, passes: 1, parallelism: 1 }),
  }
}
