import type { Kysely } from 'kysely'
import type { ClaimMessages, OutboxStore } from '../outbox-store.js'
import type { OutboxMessageRecord } from '../records.js'
import { toMessage } from './rows.js'
import { storeMessagesOfWhoIsThere } from './store-messages.js'
import type { Tables } from './tables.js'

/**
 * Uses SKIP LOCKED: a message that another call is claiming would belong to that call after the wait. Many concurrent calls
 * would then return nothing although messages are due.
 */
async function claim(
  transaction: Kysely<Tables>,
  { now, leaseUntil, limit }: ClaimMessages,
): Promise<readonly OutboxMessageRecord[]> {
  const due = await transaction
    .selectFrom('fast_auth_outbox')
    .selectAll()
    .where('next_attempt_at', '<=', now)
    .where('expires_at', '>', now)
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  if (due.length === 0) return []
  const ids = due.map(({ id }) => id)
  await transaction
    .updateTable('fast_auth_outbox')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: leaseUntil }))
    .where('id', 'in', ids)
    .execute()
  return due.map(row => toMessage({ ...row, attempts: row.attempts + 1, next_attempt_at: leaseUntil }))
}

export function sqlOutbox(database: Kysely<Tables>): OutboxStore {
  return {
    add: ({ messages }) =>
      database.transaction().execute(transaction => storeMessagesOfWhoIsThere(transaction, messages)),

    claim: request => database.transaction().execute(transaction => claim(transaction, request)),

    async remove({ messageId }) {
      await database.deleteFrom('fast_auth_outbox').where('id', '=', messageId).execute()
    },

    async postpone({ messageId, attempts, nextAttemptAt }) {
      await database
        .updateTable('fast_auth_outbox')
        .set({ next_attempt_at: nextAttemptAt })
        .where('id', '=', messageId)
        .where('attempts', '=', attempts)
        .execute()
    },
  }
}
