import type { EpochMilliseconds, OutboxMessageRecord } from '../records.js'
import { joined } from './keys.js'
import { forgottenAfter } from './lifetime.js'
import type { Transaction } from './transaction.js'

export function toMessage(text: string): OutboxMessageRecord {
  return JSON.parse(text) as OutboxMessageRecord
}

/** Each index entry holds enough to remove the message, or to skip it if it has expired, without reading its record. */
export function toMember({ id, expiresAt, userId }: OutboxMessageRecord): string {
  return joined(id, String(expiresAt), userId ?? '')
}

export function fromMember(member: string): { id: string; expiresAt: EpochMilliseconds; userId: string } {
  const [id = '', expiresAt, userId = ''] = member.split('\0')
  return { id, expiresAt: Number(expiresAt), userId }
}

export function writeMessages({ keys, write }: Transaction, messages: readonly OutboxMessageRecord[]): void {
  for (const message of messages) {
    const { id, userId, createdAt, nextAttemptAt, expiresAt } = message
    const member = toMember(message)
    write('SET', keys.message(id), JSON.stringify(message), ...forgottenAfter(expiresAt, createdAt))
    write('ZADD', keys.messagesByDue, String(nextAttemptAt), member)
    write('ZADD', keys.messagesByExpiry, String(expiresAt), member)
    if (userId !== null) write('ZADD', keys.messagesOf(userId), '0', member)
  }
}

/** Removes the message of an index entry. */
export function removeMessage({ keys, write }: Transaction, member: string): void {
  const { id, userId } = fromMember(member)
  write('DEL', keys.message(id))
  write('ZREM', keys.messagesByDue, member)
  write('ZREM', keys.messagesByExpiry, member)
  if (userId !== '') write('ZREM', keys.messagesOf(userId), member)
}
