import type { PasswordHash } from '../storage/records.js'
import { bcryptSha256 } from './bcrypt-sha256.js'
import { createHashingQueue, type HashingQueue, type HashingQueueOptions } from './hashing-queue.js'

export interface PasswordsOptions extends Pick<HashingQueueOptions, 'concurrency' | 'queueLimit'> {
  /** bcrypt cost of new hashes, 4 to 20: one more doubles the time. Default 12. */
  readonly cost?: number
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
   * Whether the password is the one that was hashed. `null`, where there is no such user, and a stored hash that can't
   * be read are `false` after the same work as any wrong password, so that the time tells nobody who has an account.
   * A hash of a higher cost than that of new ones does take longer.
   * @throws {HashingBusyError} Too much is waiting already.
   * @throws {TypeError} See `assertHashable`.
   */
  verify(password: string, hash: PasswordHash | null): Promise<boolean>
}

/** @throws {RangeError} The cost is out of range. */
export function createPasswords({ cost = 12, concurrency, queueLimit }: PasswordsOptions): Passwords {
  const queue = createHashingQueue({ concurrency, queueLimit })
  const decoy = bcryptSha256.decoy(cost)

  /**
   * A wrong password against a cheaper hash, of cost c, goes on with decoys of cost c, c + 1, … up to cost − 1:
   * 2^c + (2^c + … + 2^(cost − 1)) = 2^cost rounds, exactly those of one hash of today.
   */
  async function matches(password: string, stored: string, storedCost: number): Promise<boolean> {
    if (await bcryptSha256.verify(password, stored)) return true
    for (let decoyCost = storedCost; decoyCost < cost; decoyCost += 1) {
      await bcryptSha256.verify(password, bcryptSha256.decoy(decoyCost))
    }
    return false
  }

  return {
    queue,
    async hash(password) {
      return (await queue.run(() => bcryptSha256.hash(password, cost))) as PasswordHash
    },
    verify(password, hash) {
      const stored = hash ?? decoy
      const storedCost = bcryptSha256.cost(stored)
      return queue.run(() =>
        storedCost === null ? matches(password, decoy, cost) : matches(password, stored, storedCost),
      )
    },
  }
}
