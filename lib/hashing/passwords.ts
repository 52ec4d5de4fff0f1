import { HashingBusyError } from '../errors/hashing-busy-error.js'
import type { PasswordHash } from '../storage/records.js'
import { passwordFormats } from './formats/index.js'
import type { PasswordFormat, PasswordHasher } from './formats/password-format.js'
import type { AdmitHash, HashOrigin } from './hash-origin.js'
import { hashablePassword } from './hashable-password.js'
import { createHashingQueue, type HashingQueue, type HashingQueueOptions } from './hashing-queue.js'
import { type PepperRing, readStoredHash, withPepperId } from './pepper-ring.js'

export interface PasswordsOptions extends Pick<HashingQueueOptions, 'concurrency' | 'queueLimit' | 'measure'> {
  /** Makes new hashes. */
  readonly hasher: PasswordHasher
  readonly peppers: PepperRing
  /** Formats to verify in addition to the built-in ones. */
  readonly formats?: readonly PasswordFormat[]
  /** Counts the hashes of requests. Default: they are not counted, and are served as those of the application itself. */
  readonly admit?: AdmitHash | undefined
}

/** The result of rehashing: `current` if the stored hash is as good as a new one, `failed` if hashing failed. */
export type Rehash =
  | { readonly outcome: 'current' }
  | { readonly outcome: 'hashed'; readonly hash: PasswordHash }
  | { readonly outcome: 'failed' }

export type PasswordCheck =
  /** `hash`: the stored hash that the password was verified against. */
  | { readonly isRight: true; readonly rehash: Rehash; readonly hash: PasswordHash }
  | {
      readonly isRight: false
      /** `pepper_missing`: it was hashed with a pepper that is not in the ring. No password can match then, nor with `hash_unreadable`. */
      readonly reason: 'wrong_password' | 'pepper_missing' | 'hash_unreadable'
    }

export interface Passwords {
  /** Identifies how new hashes are made: the parameters and the pepper. */
  readonly hashing: string
  /** The load of the hashing queue. */
  readonly queue: HashingQueue

  /**
   * Returns the hash to store for a password. Does not check the policy.
   * @param origin The request that it is for; `null` for the application itself, which is served first and not counted.
   * @throws {TooManyRequestsError} The network or user has used up its hashes. Nothing was hashed.
   * @throws {HashingBusyError} The queue is full. Nothing was hashed.
   * @throws {TypeError} See `assertHashable`.
   */
  hash(password: string, origin: HashOrigin | null): Promise<PasswordHash>

  /**
   * Returns whether the password matches the hash. `null` (no user, or a user without a password) and an unreadable hash give
   * `false` after the same work as every wrong password, so that the time does not reveal whether an account exists.
   * A hash that costs more than new ones does take longer. Throws as `hash` does.
   */
  verify(password: string, hash: PasswordHash | null, origin: HashOrigin | null): Promise<boolean>

  /**
   * As `verify`. If the password is right but its hash has another format, is weaker or lacks the newest pepper, also returns a
   * new hash to replace it. The whole check is one job of the queue.
   */
  check(password: string, hash: PasswordHash | null, origin: HashOrigin | null): Promise<PasswordCheck>
}

interface Readable {
  readonly format: PasswordFormat
  readonly inner: string
  /** Returns the input of the format for a password. */
  mix(password: string): string
  /** Whether a new hash would be no better. */
  readonly isCurrent: boolean
}

const asTyped = (password: string) => password

/** Creates hashing, verifying and replacing of hashes, all with one queue. */
export function createPasswords(options: PasswordsOptions): Passwords {
  const { hasher, peppers, concurrency, queueLimit, measure, admit } = options
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
    return { format, inner, mix, isCurrent: pepperId === newestId && !hasher.needsRehash(inner) }
  }

  async function rehash(password: string): Promise<Rehash> {
    try {
      return { outcome: 'hashed', hash: await newHash(password) }
    } catch {
      return { outcome: 'failed' }
    }
  }

  /** Costs as much as a new hash, and matches nothing. */
  async function pretend(password: string, decoys: readonly string[]): Promise<void> {
    for (const decoy of decoys) await hasher.verifies(password, decoy)
  }

  /** Decoys are for wrong passwords only: for a right one the answer reveals it anyway, and a new hash follows. */
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
   * The cost of a hash of another format is unknown, so the password is hashed concurrently, whether it is right or not. With a
   * spare core, both cases take as long as the slower of the two, and the new hash is ready if needed.
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

  async function run<Result>(job: () => Promise<Result>, origin: HashOrigin | null): Promise<Result> {
    if (origin === null || admit === undefined) return queue.run(job)
    const { turn, takeBack } = await admit(origin)
    try {
      return await queue.run(job, turn)
    } catch (error) {
      if (error instanceof HashingBusyError) await takeBack()
      throw error
    }
  }

  const check: Passwords['check'] = (password, hash, origin) =>
    run(async () => checkHashable(hashablePassword(password), hash), origin)

  return {
    hashing: `${hasher.setting} ${newestId}`,
    queue,
    hash: (password, origin) => run(async () => newHash(hashablePassword(password)), origin),
    check,
    verify: async (password, hash, origin) => (await check(password, hash, origin)).isRight,
  }
}
