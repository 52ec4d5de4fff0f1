import type { Kysely } from 'kysely'
import type { OutboxMessageRecord } from '../storage.js'
import { lockUser } from './find-user.js'
import { fromMessage } from './rows.js'
import type { Tables } from './tables.js'

/** The caller has locked, or has just written, whoever the messages are about. */
export async function storeMessages(
  transaction: Kysely<Tables>,
  messages: readonly OutboxMessageRecord[],
): Promise<void> {
  if (messages.length === 0) return
  await transaction.insertInto('fast_auth_outbox').values(messages.map(fromMessage)).execute()
}

/**
 * Locks whoever the messages are about, and leaves out the messages of those who are gone. The order of the ids is the
 * order of the locks, so that two who lock the same people don't wait for each other.
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
