import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'

/** No row has this id. */
export const absentId = ''

/**
 * Runs the insertion of a user, but inserts none. A step that must not reveal whether a user exists runs as many statements
 * for both outcomes: each takes a round trip, and an attacker can measure a difference.
 */
export async function insertNoUser(transaction: Kysely<Tables>): Promise<void> {
  const none = transaction.selectFrom('fast_auth_users').selectAll().where('id', '=', absentId)
  await transaction.insertInto('fast_auth_users').expression(none).execute()
}

/** Does the same for a mailed token. */
export async function insertNoToken(transaction: Kysely<Tables>): Promise<void> {
  const none = transaction.selectFrom('fast_auth_one_time_tokens').selectAll().where('user_id', '=', absentId)
  await transaction.insertInto('fast_auth_one_time_tokens').expression(none).execute()
}
