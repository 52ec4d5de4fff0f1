import type { ClaimMessages, OutboxStore } from '../outbox-store.js'
import type { OutboxMessageRecord } from '../records.js'
import { isLive } from './lifetime.js'
import { fromMember, removeMessage, toMember, toMessage, writeMessages } from './message-records.js'
import type { RedisDatabase } from './redis-database.js'
import type { DefineMethod } from './redis-method.js'

const pageSize = 500

/** Returns the messages that are due longest. Skips expired ones that are not purged yet; the index holds their expiry. */
async function dueMessageIds({ keys, read }: RedisDatabase, { now, limit }: ClaimMessages): Promise<string[]> {
  const ids: string[] = []
  let offset = 0
  let isMore = true
  while (isMore && ids.length < limit) {
    const page = ['LIMIT', String(offset), String(pageSize)]
    const members = await read(['ZRANGEBYSCORE', keys.messagesByDue, '-inf', String(now), ...page])
    const due = members.map(fromMember).filter(message => isLive(message, now))
    ids.push(...due.map(({ id }) => id))
    offset += pageSize
    isMore = members.length === pageSize
  }
  return ids.slice(0, limit)
}

interface Due {
  readonly message: OutboxMessageRecord
  readonly text: string
}

/**
 * Reads the messages, except those that others have claimed since the index was read. If all were claimed, reads the index
 * again.
 */
async function readDue(database: RedisDatabase, request: ClaimMessages): Promise<readonly Due[]> {
  const { keys, read } = database
  const ids = await dueMessageIds(database, request)
  const texts = await Promise.all(ids.map(id => read(['GET', keys.message(id)])))
  const messages = texts.flat().map(text => ({ message: toMessage(text), text }))
  const due = messages.filter(({ message }) => message.nextAttemptAt <= request.now)
  return due.length === 0 && messages.length > 0 ? readDue(database, request) : due
}

export function redisOutbox(database: RedisDatabase, method: DefineMethod): OutboxStore {
  const { keys } = database
  return {
    add: method(async (transaction, { messages }) => {
      for (const message of messages) {
        const { userId } = message
        if (userId === null || (await transaction.exists(keys.user(userId)))) writeMessages(transaction, [message])
      }
    }),

    /** Only the claimed messages must be unchanged; concurrent claims of other messages do not conflict. */
    claim: method(async (transaction, request) => {
      const due = await readDue(database, request)
      for (const { message, text } of due) transaction.expect(['GET', keys.message(message.id)], [text])
      const claimed = due.map(({ message }) => ({
        ...message,
        attempts: message.attempts + 1,
        nextAttemptAt: request.leaseUntil,
      }))
      writeMessages(transaction, claimed)
      return claimed
    }),

    remove: method(async (transaction, { messageId }) => {
      const text = await transaction.get(keys.message(messageId))
      if (text !== null) removeMessage(transaction, toMember(toMessage(text)))
    }),

    postpone: method(async (transaction, { messageId, attempts, nextAttemptAt }) => {
      const text = await transaction.get(keys.message(messageId))
      const message = text === null ? null : toMessage(text)
      if (message?.attempts === attempts) writeMessages(transaction, [{ ...message, nextAttemptAt }])
    }),
  }
}
