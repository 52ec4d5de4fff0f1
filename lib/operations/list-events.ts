import type { AuthEvent } from '../events/auth-event.js'
import type { EventRecord, Storage } from '../storage/storage.js'

export interface ListEventsRequest {
  /** Only the events of this user. */
  readonly userId?: string
  /** At most so many: 1 to 1000, 50 where it isn't said. */
  readonly limit?: number
  /** The id of the last event of the page before. */
  readonly before?: string
}

/** An event as it was told, and the id to go on from. */
export type StoredAuthEvent = AuthEvent & { readonly id: string }

const maximumLimit = 1000

function told({ happenedAt, reason, apiKeyId, ...event }: EventRecord): StoredAuthEvent {
  const at = new Date(happenedAt).toISOString()
  const known = { ...(reason === null ? {} : { reason }), ...(apiKeyId === null ? {} : { apiKeyId }) }
  return { ...event, at, ...known } as StoredAuthEvent
}

/** Events that were kept, the newest first. @throws {RangeError} for a limit that isn't from 1 to 1000. */
export async function listEvents(
  { events }: Pick<Storage, 'events'>,
  { userId, limit = 50, before: beforeId }: ListEventsRequest,
): Promise<readonly StoredAuthEvent[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit) {
    throw new RangeError(`listEvents: "limit" must be a whole number from 1 to ${maximumLimit}`)
  }
  const records = await events.list({ userId, beforeId, limit })
  return records.map(told)
}
