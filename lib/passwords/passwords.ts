import type { PasswordHash } from '../storage/records.js'
import { passwordFormats } from './formats/index.js'
import type { PasswordFormat, PasswordHasher } from './formats/password-format.js'
import { hashablePassword } from './hashable-password.js'
import { createHashingQueue, type HashingQueue, type HashingQueueOptions } from './hashing-queue.js'
import { type PepperRing, readStoredHash, withPepperId } from './pepper-ring.js'

export interface PasswordsOptions extends Pick<HashingQueueOptions, 'concurrency' | 'queueLimit' | 'measure'> {
  /** Makes new hashes. */
  readonly hasher: PasswordHasher
  readonly peppers: PepperRing
  /** Formats to verify beside those that fast-auth knows. */
  readonly formats?: readonly PasswordFormat[]
}

/** What a stored hash should become: `current` is as good as a new one, `failed` could not be hashed anew. */
export type Rehash =
  | { readonly outcome: 'current' }
  | { readonly outcome: 'hashed'; readonly hash: PasswordHash }
  | { readonly outcome: 'failed' }

export type PasswordCheck =
  /** `hash`: the stored one, which the password was verified against. */
  | { readonly isRight: true; readonly rehash: Rehash; readonly hash: PasswordHash }
  | {
      readonly isRight: false
      /** `pepper_missing`: it was hashed with a pepper that isn't in the ring. Neither that nor `hash_unreadable` can ever be right. */
      readonly reason: 'wrong_password' | 'pepper_missing' | 'hash_unreadable'
    }

export interface Passwords {
  /** How busy hashing is. */
  readonly queue: HashingQueue

  /**
   * What to store for a password. The policy is the caller's business.
   * @throws {HashingBusyError} Too much is waiting already.
   * @throws {TypeError} See `assertHashable`.
   */
  hash(password: string): Promise<PasswordHash>

  /**
   * Whether the password is the one that was hashed. `null`, if there is no such user or they have no password, and a stored
   * hash that can't be read are `false` after the same work as every wrong password, so that the time tells nobody who has an account.
   * A hash that costs more than new ones does take longer.
   * @throws {HashingBusyError} Too much is waiting already.
   * @throws {TypeError} See `assertHashable`.
   */
  verify(password: string, hash: PasswordHash | null): Promise<boolean>

  /**
   * The same, and where the password is right but its hash is of another format, weaker or without the newest pepper,
   * a new one to put in its place. All of it is one job of the queue.
   */
  check(password: string, hash: PasswordHash | null): Promise<PasswordCheck>
}

interface Readable {
  readonly format: PasswordFormat
  readonly inner: string
  /** What the format is given in the password's place. */
  mix(password: string): string
  /** Whether a new hash would be no better. */
  readonly isCurrent: boolean
}

const asTyped = (password: string) => password

/** Hashing, verifying and replacing hashes, one queue for all of it. */
export function createPasswords(options: PasswordsOptions): Passwords {
  const { hasher, peppers, concurrency, queueLimit, measure } = options
  const queue = createHashingQueue({ concurrency, queueLimit, measure })
  const formats = [...passwordFormats, ...(options.formats ?? [])]
  const newestId = peppers.newest?.id ?? null
  const mixNewest = peppers.newest?.mixInto ?? asTyped
  const decoy = withPepperId(newestId, hasher.decoy)

  async function newHash(password: string): Promise<PasswordHash> {
    return withPepperId(newestId, await hasher.hash(mixNewest(password))) as PasswordHash
  }

  function read(stored: string): Readable | 'pepper_missing' | 'hash_unreadable' {
    const { pepperId, inner } = readStoredHash(stored)
    const mix = pepperId === null ? asTyped : peppers.byId.get(pepperId)?.mixInto
    if (mix === undefined) return 'pepper_missing'
    const format = formats.find(known => known.identifies(inner))
    if (format === undefined) return 'hash_unreadable'
    return { format, inner, mix, isCurrent: pepperId === newestId && hasher.isGoodEnough(inner) }
  }

  async function rehash(password: string): Promise<Rehash> {
    try {
      return { outcome: 'hashed', hash: await newHash(password) }
    } catch {
      return { outcome: 'failed' }
    }
  }

  /** What costs as much as a new hash, and matches nothing. */
  async function pretend(password: string, decoys: readonly string[]): Promise<void> {
    for (const decoy of decoys) await hasher.verifies(password, decoy)
  }

  /** The decoys are for wrong passwords only: a right one is told by its answer, and goes on with a new hash. */
  async function checkThenPad(
    password: string,
    { format, inner, mix, isCurrent }: Readable,
    decoys: readonly string[],
  ) {
    const isRight = await format.verifies(mix(password), inner)
    if (!isRight) await pretend(password, decoys)
    const outcome: Rehash = isCurrent || !isRight ? { outcome: 'current' } : await rehash(password)
    return { isRight, outcome }
  }

  /**
   * How long a hash of a foreign kind takes, nobody knows. So the password is hashed anew beside it, whether it is right
   * or not: with a core to spare, both take as long as the slower of the two, and the new hash is there when needed.
   */
  async function checkBesideNewHash(password: string, { format, inner, mix }: Readable) {
    const rehashing = rehash(password)
    const isRight = await format.verifies(mix(password), inner).finally(() => rehashing)
    return { isRight, outcome: await rehashing }
  }

  async function checkHashable(password: string, stored: PasswordHash | null): Promise<PasswordCheck> {
    const known = read(stored ?? decoy)
    if (typeof known === 'string') {
      await pretend(password, [hasher.decoy])
      return { isRight: false, reason: known }
    }
    const decoys = hasher.decoysBeside(known.inner)
    const { isRight, outcome } =
      decoys === null ? await checkBesideNewHash(password, known) : await checkThenPad(password, known, decoys)
    return isRight && stored !== null
      ? { isRight: true, rehash: outcome, hash: stored }
      : { isRight: false, reason: 'wrong_password' }
  }

  const check: Passwords['check'] = (password, hash) =>
    queue.run(async () => checkHashable(hashablePassword(password), hash))

  return {
    queue,
    hash: password => queue.run(async () => newHash(hashablePassword(password))),
    check,
    verify: async (password, hash) => (await check(password, hash)).isRight,
  }
}
