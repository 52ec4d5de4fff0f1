import { compareText } from '../compare-text.js'
import type { OutboxMessageRecord, OutboxStore } from '../storage.js'
import { isLive, type MemoryTables, storeMessages } from './memory-tables.js'
import type { MakeVerb } from './memory-verb.js'

const compareDue = (one: OutboxMessageRecord, other: OutboxMessageRecord) =>
  one.nextAttemptAt - other.nextAttemptAt || compareText(one.id, other.id)

export function memoryOutbox(tables: MemoryTables, verb: MakeVerb): OutboxStore {
  return {
    add: verb(({ messages }) => {
      storeMessages(
        tables,
        messages.filter(({ userId }) => userId === null || tables.users.has(userId)),
      )
    }),

    claim: verb(({ now, leaseUntil, limit }) => {
      const claimed = [...tables.outbox.values()]
        .filter(message => message.nextAttemptAt <= now && isLive(message, now))
        .sort(compareDue)
        .slice(0, limit)
        .map(message => ({ ...message, attempts: message.attempts + 1, nextAttemptAt: leaseUntil }))
      storeMessages(tables, claimed)
      return claimed
    }),

    remove: verb(({ messageId }) => {
      tables.outbox.delete(messageId)
    }),

    postpone: verb(({ messageId, attempts, nextAttemptAt }) => {
      const message = tables.outbox.get(messageId)
      if (message?.attempts === attempts) tables.outbox.set(messageId, { ...message, nextAttemptAt })
    }),
  }
}
