import type { EventStore, OutboxMessageRecord, OutboxStore } from 'fast-auth/storage'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, isLive, type Tables } from './tables.ts'

export function storeMessages(messages: readonly OutboxMessageRecord[]): readonly Change[] {
  return messages.map((message): Change => ['outbox', message.id, message])
}

const byDueTime = (one: OutboxMessageRecord, other: OutboxMessageRecord) =>
  one.nextAttemptAt - other.nextAttemptAt || compareText(one.id, other.id)

export function customOutbox(tables: Tables, method: DefineMethod): OutboxStore {
  return {
    add: method(({ messages }, write) => {
      const hasRecipient = ({ userId }: OutboxMessageRecord) => userId === null || tables.users.has(userId)
      write(storeMessages(messages.filter(hasRecipient)))
    }),

    claim: method(({ now, leaseUntil, limit }, write) => {
      const due = [...tables.outbox.values()].filter(message => message.nextAttemptAt <= now && isLive(message, now))
      const first = due.sort(byDueTime).slice(0, limit)
      const claimed = first.map(message => ({
        ...message,
        attempts: message.attempts + 1,
        nextAttemptAt: leaseUntil,
      }))
      write(storeMessages(claimed))
      return claimed
    }),

    remove: method(({ messageId }, write) => write([['outbox', messageId, null]])),

    postpone: method(({ messageId, attempts, nextAttemptAt }, write) => {
      const message = tables.outbox.get(messageId)
      const isStillClaimed = message !== undefined && message.attempts === attempts
      write(isStillClaimed ? storeMessages([{ ...message, nextAttemptAt }]) : [])
    }),
  }
}

export function customEvents(tables: Tables, method: DefineMethod): EventStore {
  return {
    add: method(({ events }, write) => {
      const added = events.filter(({ id }) => !tables.events.has(id))
      for (const event of added) {
        const isOfDeletedUser = event.userId !== null && !tables.users.has(event.userId)
        write([['events', event.id, isOfDeletedUser ? { ...event, ip: null, userAgent: null } : event]])
      }
    }),

    list: method(({ userId, beforeId, limit }) => {
      const events = [...tables.events.values()]
        .filter(event => userId === undefined || event.userId === userId)
        .filter(({ id }) => beforeId === undefined || compareText(id, beforeId) < 0)
      return events.sort((one, other) => compareText(other.id, one.id)).slice(0, limit)
    }),
  }
}
