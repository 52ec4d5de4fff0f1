import type { UserStore } from '../features/accounts/port.js'
import type { ApiKeyStore } from '../features/api-keys/port.js'
import type { EventStore } from '../features/audit-log/port.js'
import type { OneTimeTokenStore } from '../features/email/port.js'
import type { SessionStore } from '../features/sessions/port.js'
import type { OutboxStore } from '../storage/outbox-store.js'
import type { Purge, Purged } from '../storage/purge.js'
import type { RevocationStore } from '../storage/revocation-store.js'

export type * from '../features/accounts/plan-profile-update.js'
export { planProfileUpdate } from '../features/accounts/plan-profile-update.js'
export type * from '../features/accounts/port.js'
export type * from '../features/api-keys/plan-api-key-roll.js'
export { planApiKeyRoll } from '../features/api-keys/plan-api-key-roll.js'
export type * from '../features/api-keys/port.js'
export type * from '../features/audit-log/port.js'
export type * from '../features/email/port.js'
export type * from '../features/sessions/classify-rotation.js'
export { classifyRotation } from '../features/sessions/classify-rotation.js'
export type * from '../features/sessions/port.js'
export type * from '../storage/asking-session.js'
export { askingOf, mayAsk } from '../storage/asking-session.js'
export type * from '../storage/outbox-store.js'
export type * from '../storage/purge.js'
export type * from '../storage/records.js'
export type * from '../storage/revocation-store.js'
export type * from '../storage/user-profile.js'

/** The reach of a storage: only this process (and lost with it), the processes of this machine, or several machines. */
export type StorageReach = 'process' | 'machine' | 'network'

/**
 * The storage port: the operations that fast-auth requires of a database. It takes records and returns facts. Each method is
 * one atomic step, and every later call on every connection sees its effect. A method that fails rejects with the database's
 * own error. It has then done nothing, or everything if only the reply was lost.
 *
 * An adapter never reads a clock (instants are arguments) and never generates an id. It never decides what is an error for a
 * user, and compares every string byte for byte. Test one with `fast-auth/conformance`.
 */
export interface Storage {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly oneTimeTokens: OneTimeTokenStore
  readonly apiKeys: ApiKeyStore
  readonly revocations: RevocationStore
  readonly outbox: OutboxStore
  readonly events: EventStore

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
