import type { Kysely } from 'kysely'
import type { OutboxMessageRecord } from '../records.js'
import { lockUser } from './find-user.js'
import { fromMessage } from './rows.js'
import type { Tables } from './tables.js'

/** Stores messages. The caller has locked, or just written, the users that the messages are about. */
export async function storeMessages(
  transaction: Kysely<Tables>,
  messages: readonly OutboxMessageRecord[],
): Promise<void> {
  if (messages.length === 0) return
  await transaction.insertInto('fast_auth_outbox').values(messages.map(fromMessage)).execute()
}

/**
 * Locks the users that the messages are about, and skips the messages of deleted users. Locks are taken in the order of the
 * ids, so two calls that lock the same users do not deadlock.
 */
export async function storeMessagesOfWhoIsThere(
  transaction: Kysely<Tables>,
  messages: readonly OutboxMessageRecord[],
): Promise<void> {
  const present = new Set<string | null>([null])
  for (const userId of [...new Set(messages.map(message => message.userId))].sort()) {
    if (userId !== null && (await lockUser(transaction, userId)) !== null) present.add(userId)
  }
  await storeMessages(
    transaction,
    messages.filter(({ userId }) => present.has(userId)),
  )
}
