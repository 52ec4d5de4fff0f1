import type { EventRecord } from './records.js'

export interface ListEvents {
  /** Only the events of this user. */
  readonly userId?: string | undefined
  /** The id of the last event of the page before. */
  readonly beforeId?: string | undefined
  readonly limit: number
}

/** What happened to accounts, kept. Every method is one all-or-nothing step; none reads a clock. */
export interface EventStore {
  /**
   * Stores events. One whose id is there already is passed over, so that a batch can be tried again. Of somebody who is
   * gone, `ip` and `userAgent` are stored as `null`.
   */
  add(request: { readonly events: readonly EventRecord[] }): Promise<void>

  /** At most `limit` events whose id is less than `beforeId`, the greatest id first: the newest. */
  list(request: ListEvents): Promise<readonly EventRecord[]>
}
