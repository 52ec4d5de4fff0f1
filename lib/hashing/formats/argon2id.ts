import { loadArgon2 } from './load-argon2.js'
import type { PasswordHasher } from './password-format.js'
import { saltedFormat } from './salted-format.js'
import { saltedHasher } from './salted-hasher.js'

export interface Argon2idCost {
  readonly memoryKibibytes: number
  readonly passes: number
  readonly parallelism: number
}

/** Salts have 8 to 48 bytes, digests 16 to 64. */
const pattern =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d{0,3}),p=([1-9]\d?)\$([+/A-Za-z0-9]{11,64})\$([+/A-Za-z0-9]{22,86})$/

const maximumMemory = 2 ** 20
const maximumWork = 2 ** 22
const maximumParallelism = 16

/** Up to 1 GiB, and 4 GiB over all passes, some seconds: a hash above that is neither verified nor made. */
export function isArgon2idCostBounded({ memoryKibibytes, passes, parallelism }: Argon2idCost): boolean {
  return (
    memoryKibibytes <= maximumMemory &&
    memoryKibibytes * passes <= maximumWork &&
    parallelism <= maximumParallelism &&
    memoryKibibytes >= 8 * parallelism
  )
}

function digestOf(password: string, cost: Argon2idCost, salt: Buffer, outputLen: number): Promise<Buffer> {
  const { memoryKibibytes: memoryCost, passes: timeCost, parallelism } = cost
  return loadArgon2().hashRaw(password, { salt, memoryCost, timeCost, parallelism, outputLen })
}

/** Argon2id, version 1.3, as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<digest>`. */
export const argon2id = saltedFormat<Argon2idCost>({
  parse(stored) {
    const match = pattern.exec(stored)
    if (match === null) return null
    const [, memory, passes, parallelism, salt = '', digest = ''] = match
    const cost = { memoryKibibytes: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
    return { cost, salt, digest }
  },
  isBounded: isArgon2idCostBounded,
  digestOf,
})

/**
 * Creates the hasher for argon2id.
 * @throws {PasswordHasherUnavailableError} if `@node-rs/argon2` is missing.
 */
export function argon2idHasher(cost: Argon2idCost): PasswordHasher {
  loadArgon2()
  const { memoryKibibytes, passes, parallelism } = cost
  const parameters = `m=${memoryKibibytes},t=${passes},p=${parallelism}`
  return saltedHasher({
    format: argon2id,
    prefix: `$argon2id$v=19$${parameters}`,
    setting: `argon2id:${parameters}`,
    digestOf: (password, salt, digestBytes) => digestOf(password, cost, salt, digestBytes),
    /** A hash with less memory is weaker, with any number of passes, and so is one with less total work. */
    needsRehash: ({ memoryKibibytes: memory, passes: times }) =>
      memory < memoryKibibytes || memory * times < memoryKibibytes * passes,
    trial: () => argon2idHasher({ memoryKibibytes: 8, passes: 1, parallelism: 1 }),
  })
}
