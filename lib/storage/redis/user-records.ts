import type { UserRecord } from '../records.js'
import type { Keys } from './keys.js'
import type { Transaction } from './transaction.js'

export function toUser(text: string): UserRecord {
  return JSON.parse(text) as UserRecord
}

export async function readUser(transaction: Transaction, userId: string): Promise<UserRecord | null> {
  const text = await transaction.get(transaction.keys.user(userId))
  return text === null ? null : toUser(text)
}

/** Returns the user; `null` if the user is deleted or disabled. */
export async function readEnabledUser(transaction: Transaction, userId: string): Promise<UserRecord | null> {
  const user = await readUser(transaction, userId)
  return user?.disabledAt === null ? user : null
}

/** Returns the keys that map the address and the username to the user. */
function namesOf(keys: Keys, { email, username }: UserRecord): string[] {
  return [keys.userIdByEmail(email), ...(username === null ? [] : [keys.userIdByUsername(username)])]
}

/** Writes a new user, or replaces `previous`. The caller must have checked that the names are free. */
export function writeUser(
  { keys, write }: Transaction,
  user: UserRecord,
  previous: UserRecord | null = null,
): UserRecord {
  const names = namesOf(keys, user)
  const formerNames = previous === null ? [] : namesOf(keys, previous)
  for (const name of formerNames) if (!names.includes(name)) write('DEL', name)
  for (const name of names) if (!formerNames.includes(name)) write('SET', name, user.id)
  write('SET', keys.user(user.id), JSON.stringify(user))
  write('ZADD', keys.users, '0', user.id)
  return user
}

/** Removes the user and their names. The caller removes the records that belong to the user. */
export function removeUser({ keys, write }: Transaction, user: UserRecord): void {
  for (const name of namesOf(keys, user)) write('DEL', name)
  write('DEL', keys.user(user.id))
  write('ZREM', keys.users, user.id)
}

/** Checks whether another user has the address or username of this key. */
export async function isAnothers(transaction: Transaction, name: string, userId: string): Promise<boolean> {
  const holderId = await transaction.get(name)
  return holderId !== null && holderId !== userId
}
