import type { Kysely } from 'kysely'
import type { UserRecord } from '../storage.js'
import { toUser } from './rows.js'
import type { Tables } from './tables.js'

/** The user with this value in this unique column, or `null`. */
export async function findUser(
  database: Kysely<Tables>,
  column: 'id' | 'email' | 'username',
  value: string,
): Promise<UserRecord | null> {
  const row = await database.selectFrom('fast_auth_users').selectAll().where(column, '=', value).executeTakeFirst()
  return row === undefined ? null : toUser(row)
}

/**
 * The user, locked until the transaction ends, or `null`. Every method that writes to what is a user's begins here or with
 * an UPDATE of the user's row, so that two of them never interleave, in any dialect, and never lock in opposite orders.
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

/** The same, unless they are disabled. */
export async function lockEnabledUser(transaction: Kysely<Tables>, userId: string): Promise<UserRecord | null> {
  const user = await lockUser(transaction, userId)
  return user?.disabledAt === null ? user : null
}
