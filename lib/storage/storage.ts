import type { ApiKeyStore } from './api-key-store.js'
import type { EventStore } from './event-store.js'
import type { OneTimeTokenStore } from './one-time-token-store.js'
import type { OutboxStore } from './outbox-store.js'
import type { EpochMilliseconds, Revocation } from './records.js'
import type { SessionStore } from './session-store.js'
import type { UserStore } from './user-store.js'

export type * from './api-key-store.js'
export type * from './asking-session.js'
export { askingOf, mayAsk } from './asking-session.js'
export type * from './classify-rotation.js'
export { classifyRotation } from './classify-rotation.js'
export type * from './event-store.js'
export type * from './one-time-token-store.js'
export type * from './outbox-store.js'
export type * from './plan-api-key-roll.js'
export { planApiKeyRoll } from './plan-api-key-roll.js'
export type * from './plan-profile-update.js'
export { planProfileUpdate } from './plan-profile-update.js'
export type * from './records.js'
export type * from './session-store.js'
export type * from './user-profile.js'
export type * from './user-store.js'

/** A request for a page of the revocation feed. */
export interface ListRevocations {
  /** Inclusive lower limit of `revokedAt`. */
  readonly since: EpochMilliseconds
  /** The last line of the previous page; the new page starts after it. */
  readonly after?: Revocation
  /** Maximum number of lines. A page with fewer lines is the last one. */
  readonly limit: number
}

/** The functions that a subscription to revocations calls. */
export interface ListenForRevocations {
  /**
   * Called when any process has revoked a session or a key: a reader of the feed now finds the lines. Missing or superfluous
   * calls do no harm, since the feed is polled every second anyway.
   */
  onRevocation(): void
  /** Called when the connection is lost: there will be no further notifications. Not called after `close`. */
  onLoss(reason: Error): void
}

/** An open subscription to revocations. */
export interface RevocationListener {
  /** Resolves if the connection still receives notifications. */
  ping(): Promise<void>
  /** Stops listening, without waiting for a reply of the database. `onRevocation` and `onLoss` are not called any more. */
  close(): Promise<void>
}

/** The revocation feed. */
export interface RevocationStore {
  /**
   * Lists revocations in order of `revokedAt`, then `kind`, `id` and `generation` (`null` first), so pages neither overlap
   * nor leave gaps.
   */
  list(request: ListRevocations): Promise<readonly Revocation[]>

  /**
   * Subscribes to revocations at the moment when they are written. Omit it if the database has no notifications. It connects
   * only once: the caller reconnects after a loss.
   */
  listen?(request: ListenForRevocations): Promise<RevocationListener>
}

/** A request to remove expired data. */
export interface Purge {
  readonly now: EpochMilliseconds
  /** Lines of the revocation feed older than this are removed: their access tokens have all expired. */
  readonly revokedBefore: EpochMilliseconds
  /** Events older than this are removed. 0: none. */
  readonly eventsBefore: EpochMilliseconds
  /** Maximum number of rows of each kind, so no lock is held for long. */
  readonly limit: number
}

/** Number of rows of each kind that a purge removed. */
export interface Purged {
  readonly sessions: number
  readonly oneTimeTokens: number
  readonly messages: number
  /** Lines of the revocation feed. */
  readonly revocations: number
  readonly events: number
}

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
