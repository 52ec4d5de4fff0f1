import { type Argon2idCost, argon2idHasher, isArgon2idCostBounded } from './formats/argon2id.js'
import { bcryptHasher } from './formats/bcrypt-sha256.js'
import type { PasswordHasher } from './formats/password-format.js'
import { isScryptCostBounded, type ScryptCost, scryptHasher } from './formats/scrypt.js'

/** Algorithm and cost of new hashes, as written in options and in PASSWORD_HASHER. */
export type HasherSetting =
  | 'bcrypt'
  | `bcrypt:${number}`
  | 'argon2id'
  | `argon2id:m=${number},t=${number},p=${number}`
  | 'scrypt'
  | `scrypt:ln=${number},r=${number},p=${number}`
  | typeof hasherForTests

/**
 * Makes hashes in a tenth of a millisecond, for tests only: an attacker with such a hash guesses the password quickly.
 * Refused at boot in production.
 */
export const hasherForTests = 'scrypt-for-tests'

/** The allowed settings, as the end of a sentence. */
export const allowedHashers =
  'bcrypt, argon2id or scrypt, or one of them with a cost that is not below what OWASP recommends: ' +
  'bcrypt:10 to bcrypt:16, argon2id:m=19456,t=2,p=1 or scrypt:ln=17,r=8,p=1, or parameters as strong as those'

/** OWASP's Password Storage Cheat Sheet: these settings are equally strong. */
const leastArgon2id = [
  { memoryKibibytes: 47_104, passes: 1 },
  { memoryKibibytes: 19_456, passes: 2 },
  { memoryKibibytes: 12_288, passes: 3 },
  { memoryKibibytes: 9_216, passes: 4 },
  { memoryKibibytes: 7_168, passes: 5 },
] as const

/** Equally strong settings, all with a block size of 8. */
const leastScrypt = [
  { logRounds: 17, parallelism: 1 },
  { logRounds: 16, parallelism: 2 },
  { logRounds: 15, parallelism: 3 },
  { logRounds: 14, parallelism: 5 },
  { logRounds: 13, parallelism: 10 },
] as const

function isStrongArgon2id(cost: Argon2idCost): boolean {
  return leastArgon2id.some(least => cost.memoryKibibytes >= least.memoryKibibytes && cost.passes >= least.passes)
}

function isStrongScrypt(cost: ScryptCost): boolean {
  const isStrong = (least: (typeof leastScrypt)[number]) =>
    cost.logRounds >= least.logRounds && cost.parallelism >= least.parallelism
  return cost.blockSize >= 8 && leastScrypt.some(isStrong)
}

type MakeHasher = () => PasswordHasher

function readBcrypt(setting: string): MakeHasher | null {
  const match = /^bcrypt(?::(1[0-6]))?$/.exec(setting)
  if (match === null) return null
  const [, cost = 12] = match
  return () => bcryptHasher(Number(cost))
}

function readArgon2id(setting: string): MakeHasher | null {
  const match = /^argon2id(?::m=([1-9]\d{0,6}),t=([1-9]\d{0,3}),p=([1-9]\d?))?$/.exec(setting)
  if (match === null) return null
  const [, memory = 19_456, passes = 2, lanes = 1] = match
  const cost = { memoryKibibytes: Number(memory), passes: Number(passes), parallelism: Number(lanes) }
  return isStrongArgon2id(cost) && isArgon2idCostBounded(cost) ? () => argon2idHasher(cost) : null
}

function readScrypt(setting: string): MakeHasher | null {
  const match = /^scrypt(?::ln=([1-9]\d?),r=([1-9]\d?),p=([1-9]\d?))?$/.exec(setting)
  if (match === null) return null
  const [, log = 17, block = 8, lanes = 1] = match
  const cost = { logRounds: Number(log), blockSize: Number(block), parallelism: Number(lanes) }
  return isStrongScrypt(cost) && isScryptCostBounded(cost) ? () => scryptHasher(cost) : null
}

function readForTests(setting: string): MakeHasher | null {
  if (setting !== hasherForTests) return null
  return () => scryptHasher({ logRounds: 4, blockSize: 8, parallelism: 1 })
}

function read(setting: string): MakeHasher | null {
  return readBcrypt(setting) ?? readArgon2id(setting) ?? readScrypt(setting) ?? readForTests(setting)
}

/** Returns whether new hashes may have this setting. Does not check whether the required package is installed. */
export function isHasherSetting(setting: string): setting is HasherSetting {
  return read(setting) !== null
}

/**
 * Creates the hasher of a setting.
 * @throws {RangeError} The setting is invalid. @throws {PasswordHasherUnavailableError} A required package is missing.
 */
export function hasherOf(setting: string): PasswordHasher {
  const make = read(setting)
  if (make === null) throw new RangeError(`The password hasher must be ${allowedHashers}`)
  return make()
}
