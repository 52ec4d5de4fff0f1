import { compareText } from '../compare-text.js'
import type { EventStore } from '../storage.js'
import type { MemoryTables } from './memory-tables.js'
import type { MakeVerb } from './memory-verb.js'

export function memoryEvents(tables: MemoryTables, verb: MakeVerb): EventStore {
  return {
    add: verb(({ events }) => {
      for (const event of events) {
        const isKeptWhole = event.userId === null || tables.users.has(event.userId)
        const kept = isKeptWhole ? event : { ...event, ip: null, userAgent: null }
        if (!tables.events.has(event.id)) tables.events.set(event.id, kept)
      }
    }),

    list: verb(({ userId, beforeId, limit }) =>
      [...tables.events.values()]
        .filter(event => userId === undefined || event.userId === userId)
        .filter(({ id }) => beforeId === undefined || compareText(id, beforeId) < 0)
        .sort((one, other) => compareText(other.id, one.id))
        .slice(0, limit),
    ),
  }
}
