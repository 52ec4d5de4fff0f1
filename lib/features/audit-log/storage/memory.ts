import { compareText } from '../../../storage/compare-text.js'
import type { CreateMemoryPart, MemoryFollowUp } from '../../../storage/memory/memory-part.js'
import type { Purge } from '../../../storage/purge.js'
import type { EventRecord } from '../event-record.js'
import type { EventStore } from '../port.js'

export const memoryEvents = ((tables, method) => {
  const byId = new Map<string, EventRecord>()

  const followUp: MemoryFollowUp = {
    /** Events stay, without what they say about the user's devices. */
    deleted(_, { userId }) {
      for (const event of byId.values())
        if (event.userId === userId) byId.set(event.id, { ...event, ip: null, userAgent: null })
      return []
    },
  }

  function purge({ eventsBefore, limit }: Purge): number {
    const old = [...byId.values()].filter(event => event.happenedAt < eventsBefore).slice(0, limit)
    for (const { id } of old) byId.delete(id)
    return old.length
  }

  const store: EventStore = {
    add: method(({ events }) => {
      for (const event of events) {
        const isKeptWhole = event.userId === null || tables.users.has(event.userId)
        const kept = isKeptWhole ? event : { ...event, ip: null, userAgent: null }
        if (!byId.has(event.id)) byId.set(event.id, kept)
      }
    }),

    list: method(({ userId, beforeId, limit }) =>
      [...byId.values()]
        .filter(event => userId === undefined || event.userId === userId)
        .filter(({ id }) => beforeId === undefined || compareText(id, beforeId) < 0)
        .sort((one, other) => compareText(other.id, one.id))
        .slice(0, limit),
    ),
  }

  return { store, followUp, purge }
}) satisfies CreateMemoryPart<EventStore>
