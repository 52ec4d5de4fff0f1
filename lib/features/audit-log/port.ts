import type { StorageMethods } from '../../storage/storage-methods.js'
import type { EventRecord } from './event-record.js'

/** A request for a page of events. */
export interface ListEvents {
  /** Returns only the events of this user. */
  readonly userId?: string | undefined
  /** The id of the last event of the previous page. */
  readonly beforeId?: string | undefined
  readonly limit: number
}

/** Stored events of accounts. Every method is one atomic step; none reads a clock. */
export interface EventStore {
  /**
   * Stores events. Skips events whose id is already stored, so a batch can be retried. If the user is deleted, stores `ip`
   * and `userAgent` as `null`.
   */
  add(request: { readonly events: readonly EventRecord[] }): Promise<void>

  /** Returns at most `limit` events whose id is less than `beforeId`, in descending order of id: newest first. */
  list(request: ListEvents): Promise<readonly EventRecord[]>
}

/** The methods of the storage that stored events need. */
export const eventMethods = {
  events: ['add', 'list'],
} as const satisfies StorageMethods
