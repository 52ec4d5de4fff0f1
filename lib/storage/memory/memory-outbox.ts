import { compareText } from '../compare-text.js'
import type { OutboxStore } from '../outbox-store.js'
import type { OutboxMessageRecord } from '../records.js'
import type { DefineMethod } from './memory-method.js'
import { isLive, type MemoryTables, storeMessages } from './memory-tables.js'

const compareDue = (one: OutboxMessageRecord, other: OutboxMessageRecord) =>
  one.nextAttemptAt - other.nextAttemptAt || compareText(one.id, other.id)

export function memoryOutbox(tables: MemoryTables, method: DefineMethod): OutboxStore {
  return {
    add: method(({ messages }) => {
      storeMessages(
        tables,
        messages.filter(({ userId }) => userId === null || tables.users.has(userId)),
      )
    }),

    claim: method(({ now, leaseUntil, limit }) => {
      const claimed = [...tables.outbox.values()]
        .filter(message => message.nextAttemptAt <= now && isLive(message, now))
        .sort(compareDue)
        .slice(0, limit)
        .map(message => ({ ...message, attempts: message.attempts + 1, nextAttemptAt: leaseUntil }))
      storeMessages(tables, claimed)
      return claimed
    }),

    remove: method(({ messageId }) => {
      tables.outbox.delete(messageId)
    }),

    postpone: method(({ messageId, attempts, nextAttemptAt }) => {
      const message = tables.outbox.get(messageId)
      if (message?.attempts === attempts) tables.outbox.set(messageId, { ...message, nextAttemptAt })
    }),
  }
}
