import type { OutboxStore } from './outbox-store.js'
import type { Purge, Purged } from './purge.js'
import type { RevocationStore } from './revocation-store.js'

/** The reach of a storage: only this process (and lost with it), the processes of this machine, or several machines. */
export type StorageReach = 'process' | 'machine' | 'network'

/** The part of the storage port that belongs to no feature. */
export interface StorageKernel {
  readonly revocations: RevocationStore
  readonly outbox: OutboxStore

  /** Used only for warnings at boot. If omitted, there are no such warnings. */
  readonly reach?: StorageReach

  /**
   * Removes expired sessions, one-time tokens and messages, old lines of the revocation feed, and old events. Keeps expired
   * API keys, so their owner can see them. Returns the number of rows removed; 0 of every kind means that none are left.
   * Concurrent calls count each row once.
   */
  purge(request: Purge): Promise<Purged>

  /** Migrates tables or indexes to the current version. May be called repeatedly, and concurrently by several processes. */
  migrate(): Promise<void>

  /**
   * Resolves if the database responds and accepts writes. Rejects otherwise, as on a replica or a full disk. Changes
   * nothing.
   */
  ping(): Promise<void>

  /** Closes what the adapter itself opened. Leaves a connection open that was passed to it. */
  close(): Promise<void>
}
