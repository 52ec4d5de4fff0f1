import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type { MemoryTables } from '../../../storage/memory/memory-tables.js'
import type { EventStore } from '../port.js'

export function memoryEvents(tables: MemoryTables, method: DefineMethod): EventStore {
  return {
    add: method(({ events }) => {
      for (const event of events) {
        const isKeptWhole = event.userId === null || tables.users.has(event.userId)
        const kept = isKeptWhole ? event : { ...event, ip: null, userAgent: null }
        if (!tables.events.has(event.id)) tables.events.set(event.id, kept)
      }
    }),

    list: method(({ userId, beforeId, limit }) =>
      [...tables.events.values()]
        .filter(event => userId === undefined || event.userId === userId)
        .filter(({ id }) => beforeId === undefined || compareText(id, beforeId) < 0)
        .sort((one, other) => compareText(other.id, one.id))
        .slice(0, limit),
    ),
  }
}
