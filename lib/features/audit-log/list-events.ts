import type { AuthEvent } from '../../events/auth-event.js'
import type { EventRecord } from './event-record.js'
import type { EventStore } from './port.js'

/** The request of `app.fastAuth.listEvents`. */
export interface ListEventsRequest {
  /** Only the events of this user. */
  readonly userId?: string
  /** Maximum number of events: 1 to 1000, default 50. */
  readonly limit?: number
  /** The id of the last event of the previous page. */
  readonly before?: string
}

/** An event as emitted, and the id from which to continue. */
export type StoredAuthEvent = AuthEvent & { readonly id: string }

const maximumLimit = 1000

function storedEvent({ happenedAt, reason, apiKeyId, details, ...event }: EventRecord): StoredAuthEvent {
  const at = new Date(happenedAt).toISOString()
  const known = { ...(reason === null ? {} : { reason }), ...(apiKeyId === null ? {} : { apiKeyId }) }
  return { ...event, at, ...known, ...details } as StoredAuthEvent
}

/** Returns stored events, newest first. @throws {RangeError} if `limit` is not from 1 to 1000. */
export async function listEvents(
  { eventStore }: { readonly eventStore: Pick<EventStore, 'list'> },
  { userId, limit = 50, before: beforeId }: ListEventsRequest,
): Promise<readonly StoredAuthEvent[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit) {
    throw new RangeError(`listEvents: "limit" must be a whole number from 1 to ${maximumLimit}`)
  }
  const records = await eventStore.list({ userId, beforeId, limit })
  return records.map(storedEvent)
}
