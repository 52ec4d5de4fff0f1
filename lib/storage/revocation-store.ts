import type { EpochMilliseconds, Revocation } from './records.js'

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
