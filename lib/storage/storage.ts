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

export interface ListRevocations {
  /** From this instant on, itself included. */
  readonly since: EpochMilliseconds
  /** The last line of the page before, to go on behind it. */
  readonly after?: Revocation
  /** A page with fewer lines is the last one. */
  readonly limit: number
}

export interface ListenForRevocations {
  /**
   * A session or a key was revoked, by whomever: whoever reads the feed now finds the lines. Nothing is lost if it isn't
   * called, or called for nothing: the feed is read every second all the same.
   */
  onRevocation(): void
  /** Nothing more will be heard: the connection is lost. Not called after `close`. */
  onLoss(reason: Error): void
}

export interface RevocationListener {
  /** Resolves where the connection still hears. */
  ping(): Promise<void>
  /** Waits for no answer of the database. `onRevocation` and `onLoss` are not called any more. */
  close(): Promise<void>
}

export interface RevocationStore {
  /** What was revoked, ordered by `revokedAt`, then `kind`, `id` and `generation` (`null` first), so that pages fit together. */
  list(request: ListRevocations): Promise<readonly Revocation[]>

  /**
   * Hears of revocations at the moment when they are written. Left out where the database can't tell. It connects once:
   * whoever listens connects again.
   */
  listen?(request: ListenForRevocations): Promise<RevocationListener>
}

export interface Purge {
  readonly now: EpochMilliseconds
  /** Lines of the revocation feed older than this go: no access token of theirs can be alive. */
  readonly revokedBefore: EpochMilliseconds
  /** Events from before this instant go. 0: all stay. */
  readonly eventsBefore: EpochMilliseconds
  /** At most this many rows of each kind, so that no lock is held long. */
  readonly limit: number
}

/** How many rows of each kind a purge has removed. */
export interface Purged {
  readonly sessions: number
  readonly oneTimeTokens: number
  readonly messages: number
  /** Lines of the revocation feed. */
  readonly revocations: number
  readonly events: number
}

/** Who sees what a storage keeps: this process alone, and with it all is gone; processes of this machine; those of others too. */
export type StorageReach = 'process' | 'machine' | 'network'

/**
 * The storage port: what fast-auth asks of a database. Records in, facts out; each method is one step that happens whole
 * or not at all, and is seen by every later call on every connection. A method that cannot be carried out rejects, with
 * whatever error the database gave, and has then done nothing, or all of it if only the answer was lost.
 *
 * An adapter never reads a clock (instants are arguments), never makes an id, never decides what is an error for a
 * person, and compares every string byte for byte. Prove one with `fast-auth/conformance`.
 */
export interface Storage {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly oneTimeTokens: OneTimeTokenStore
  readonly apiKeys: ApiKeyStore
  readonly revocations: RevocationStore
  readonly outbox: OutboxStore
  readonly events: EventStore

  /** For the warnings of the boot, and nothing else. Where it is left out, there are none about it. */
  readonly reach?: StorageReach

  /**
   * Removes expired sessions, one-time tokens and messages, old lines of the revocation feed and old events. API keys stay, so that a person
   * sees which have expired. Answers with the number of rows removed; 0 of every kind means that nothing is left to remove.
   * Several calls at once count each row once.
   */
  purge(request: Purge): Promise<Purged>

  /** Brings tables or indexes to the present version. Safe to call again, and from several processes at once. */
  migrate(): Promise<void>

  /** Resolves if the database answers and takes writes, rejects if it doesn't: a replica, or a disk that is full. Changes nothing. */
  ping(): Promise<void>

  /** Lets go of what the adapter itself opened; a connection that was handed in stays open. */
  close(): Promise<void>
}
