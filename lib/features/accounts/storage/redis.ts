import type { UserRecord } from '../../../storage/records.js'
import { isLive } from '../../../storage/redis/lifetime.js'
import { removeMessage, writeMessages } from '../../../storage/redis/message-records.js'
import { type RedisDatabase, recordsOf } from '../../../storage/redis/redis-database.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import {
  endSessions,
  isAskedInTime,
  readSession,
  succeedSession,
  writeSession,
} from '../../../storage/redis/session-records.js'
import { discardTokens, keysOfToken, writeToken } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { isAnothers, readUser, removeUser, toUser, writeUser } from '../../../storage/redis/user-records.js'
import { followUser, type UserFollowUp } from '../../../storage/user-follow-up.js'
import { planProfileUpdate } from '../plan-profile-update.js'
import type { CreateUser, UserCreation, UserStore } from '../port.js'
import type { UserAdditionPart } from '../user-addition-part.js'

/** What other features do when a user is created, changed or deleted. */
export interface RedisUserParts {
  readonly followUps: readonly UserFollowUp<Transaction>[]
  readonly additionParts: readonly UserAdditionPart<Transaction>[]
}

/** Checks whether another user has this username. */
async function isTaken(transaction: Transaction, { id, username }: UserRecord): Promise<boolean> {
  return username !== null && (await isAnothers(transaction, transaction.keys.userIdByUsername(username), id))
}

/** Finds the user by an address or username key. */
async function findNamed({ keys, follow }: Transaction, name: string): Promise<UserRecord | null> {
  const [, text] = await follow(name, [{ key: keys.user }])
  return typeof text === 'string' ? toUser(text) : null
}

/** Stores a new user, as `users.create` does. */
export async function createUser(
  transaction: Transaction,
  request: CreateUser,
  additionParts: readonly UserAdditionPart<Transaction>[],
): Promise<UserCreation> {
  const { keys } = transaction
  const { user, session, token, messages, messagesIfTaken } = request
  const [ownerId = null, sameId, nameOwnerId, ...places] = await transaction.getAll([
    keys.userIdByEmail(user.email),
    keys.user(user.id),
    keys.userIdByUsername(user.username ?? ''),
    ...(token === null ? [] : keysOfToken(transaction, token)),
  ])
  if (ownerId !== null) {
    writeMessages(
      transaction,
      messagesIfTaken.map(message => ({ ...message, userId: ownerId })),
    )
    return { outcome: 'emailTaken' }
  }
  if (sameId !== null) return { outcome: 'idTaken' }
  if (user.username !== null && nameOwnerId !== null) return { outcome: 'usernameTaken' }
  if (token !== null) writeToken(transaction, token, places)
  writeUser(transaction, user)
  if (session !== null) writeSession(transaction, session)
  for (const part of additionParts) await part.write(transaction, request)
  writeMessages(transaction, messages)
  return { outcome: 'created' }
}

export function redisUsers(
  database: RedisDatabase,
  method: DefineMethod,
  { followUps, additionParts }: RedisUserParts,
): UserStore {
  const { keys } = database
  return {
    create: method((transaction, request) => createUser(transaction, request, additionParts)),

    find: method((transaction, { userId }) => readUser(transaction, userId)),

    findByEmail: method((transaction, { email }) => findNamed(transaction, keys.userIdByEmail(email))),

    findByUsername: method((transaction, { username }) => findNamed(transaction, keys.userIdByUsername(username))),

    list: method(async ({ list }, { afterId, limit }) => {
      const from = afterId === undefined ? '-' : `(${afterId}`
      const page = await list(['ZRANGEBYLEX', keys.users, from, '+', 'LIMIT', '0', String(limit)], keys.user)
      return recordsOf<UserRecord>(page)
    }),

    count: async () => Number(await database.send(['ZCARD', keys.users])),

    changePassword: method(async (transaction, request) => {
      const { userId, currentHash, newHash, sessionId, idleExpiresAt, now, messages } = request
      const user = await readUser(transaction, userId)
      if (user?.passwordHash !== currentHash) return { outcome: 'stale' }
      const goingOn = await readSession(transaction, sessionId)
      if (goingOn?.userId !== userId || !isLive(goingOn, now)) return { outcome: 'sessionEnded' }
      await discardTokens(transaction, userId, ['resetPassword', 'changeEmail'])
      writeMessages(transaction, messages)
      return {
        outcome: 'changed',
        user: writeUser(transaction, { ...user, passwordHash: newHash }, user),
        session: succeedSession(transaction, goingOn, { generation: goingOn.generation + 2, idleExpiresAt, now }),
        revokedSessionIds: await endSessions(transaction, userId, { now, exceptSessionId: sessionId }),
      }
    }, reserving),

    replacePasswordHash: method(async (transaction, { userId, currentHash, newHash }) => {
      const user = await readUser(transaction, userId)
      if (user?.passwordHash !== currentHash) return { outcome: 'stale' }
      writeUser(transaction, { ...user, passwordHash: newHash }, user)
      return { outcome: 'replaced' }
    }),

    updateProfile: method(async (transaction, { userId, asking, ...update }) => {
      const user = await readUser(transaction, userId)
      if (user === null) return { outcome: 'unknown' }
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const plan = planProfileUpdate(user, update)
      if (plan === null) return { outcome: 'tooLarge' }
      const updated = { ...user, ...plan }
      if (await isTaken(transaction, updated)) return { outcome: 'usernameTaken' }
      return { outcome: 'updated', user: writeUser(transaction, updated, user) }
    }),

    markEmailConfirmed: method(async (transaction, { userId, email, now }) => {
      const user = await readUser(transaction, userId)
      if (user?.email !== email) return { outcome: 'unknown' }
      await discardTokens(transaction, userId, ['confirmEmail'])
      const emailConfirmedAt = user.emailConfirmedAt ?? now
      return { outcome: 'confirmed', user: writeUser(transaction, { ...user, emailConfirmedAt }, user) }
    }),

    disable: method(async (transaction, { userId, now }) => {
      const user = await readUser(transaction, userId)
      if (user === null) return { outcome: 'unknown' }
      writeUser(transaction, { ...user, disabledAt: user.disabledAt ?? now }, user)
      await discardTokens(transaction, userId, ['resetPassword', 'changeEmail'])
      const apiKeyIds = await followUser(followUps, 'disabled', transaction, { userId, now })
      return { outcome: 'disabled', revokedSessionIds: await endSessions(transaction, userId, { now }), apiKeyIds }
    }, reserving),

    enable: method(async (transaction, { userId }) => {
      const user = await readUser(transaction, userId)
      if (user === null) return { outcome: 'unknown' }
      writeUser(transaction, { ...user, disabledAt: null }, user)
      return { outcome: 'enabled' }
    }),

    delete: method(async (transaction, { userId, asking, now }) => {
      const user = await readUser(transaction, userId)
      if (user === null) return { outcome: 'unknown' }
      if (user.passwordHash !== (asking?.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const organizationIds = await followUser(followUps, 'orphaned', transaction, { userId, now })
      if (organizationIds.length > 0) return { outcome: 'lastOwner', organizationIds }
      removeUser(transaction, user)
      await discardTokens(transaction, userId)
      for (const member of await transaction.ids(keys.messagesOf(userId))) removeMessage(transaction, member)
      return {
        outcome: 'deleted',
        revokedSessionIds: await endSessions(transaction, userId, { now }),
        deletedApiKeyIds: await followUser(followUps, 'deleted', transaction, { userId, now }),
      }
    }, reserving),
  }
}
