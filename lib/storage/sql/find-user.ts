import type { Kysely } from 'kysely'
import type { UserRecord } from '../records.js'
import { toUser } from './rows.js'
import type { Tables } from './tables.js'

/** Finds the user with this value in a unique column; `null` if there is none. */
export async function findUser(
  database: Kysely<Tables>,
  column: 'id' | 'email' | 'username',
  value: string,
): Promise<UserRecord | null> {
  const row = await database.selectFrom('fast_auth_users').selectAll().where(column, '=', value).executeTakeFirst()
  return row === undefined ? null : toUser(row)
}

/**
 * Locks the user until the transaction ends and returns them; `null` if there is none. Every method that writes a user's
 * records starts with this lock or with an UPDATE of the user's row. Thus two methods never interleave, in any dialect, and
 * never lock in opposite orders.
 */
export async function lockUser(transaction: Kysely<Tables>, userId: string): Promise<UserRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_users')
    .selectAll()
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : toUser(row)
}

/** Does the same, but returns `null` for a disabled user. */
export async function lockEnabledUser(transaction: Kysely<Tables>, userId: string): Promise<UserRecord | null> {
  const user = await lockUser(transaction, userId)
  return user?.disabledAt === null ? user : null
}
