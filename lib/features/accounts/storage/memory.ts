import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import { followUserInMemory, type MemoryFollowUp } from '../../../storage/memory/memory-part.js'
import {
  discardTokens,
  isAskedInTime,
  isLive,
  type MemoryTables,
  ofUser,
  removeUser,
  revokeSessions,
  storeMessages,
  storeToken,
  succeedSession,
  writeUser,
} from '../../../storage/memory/memory-tables.js'
import type { UserRecord } from '../../../storage/records.js'
import { planProfileUpdate } from '../plan-profile-update.js'
import type { CreateUser, UserCreation, UserStore } from '../port.js'
import type { UserAdditionPart } from '../user-addition-part.js'

/** The additions of one feature to the creation of a user, in the memory storage. */
export type MemoryUserAdditionPart = UserAdditionPart<MemoryTables, void>

/** What other features do when a user is created, changed or deleted. */
export interface MemoryUserParts {
  readonly followUps: readonly MemoryFollowUp[]
  readonly additionParts: readonly MemoryUserAdditionPart[]
}

/** Checks whether another user has this username. */
function isTaken({ userIdsByUsername }: MemoryTables, { id, username }: UserRecord): boolean {
  return username !== null && (userIdsByUsername.get(username) ?? id) !== id
}

/** Stores a new user, as `users.create` does. */
export function createUserInMemory(
  tables: MemoryTables,
  request: CreateUser,
  additionParts: readonly MemoryUserAdditionPart[],
): UserCreation {
  const { user, session, token, messages, messagesIfTaken } = request
  const ownerId = tables.userIdsByEmail.get(user.email)
  if (ownerId !== undefined) {
    storeMessages(
      tables,
      messagesIfTaken.map(message => ({ ...message, userId: ownerId })),
    )
    return { outcome: 'emailTaken' }
  }
  if (tables.users.has(user.id)) return { outcome: 'idTaken' }
  if (isTaken(tables, user)) return { outcome: 'usernameTaken' }
  if (token !== null) storeToken(tables, token)
  writeUser(tables, user)
  if (session !== null) tables.sessions.set(session.id, session)
  for (const part of additionParts) part.write(tables, request)
  storeMessages(tables, messages)
  return { outcome: 'created' }
}

export function memoryUsers(
  tables: MemoryTables,
  method: DefineMethod,
  { followUps, additionParts }: MemoryUserParts,
): UserStore {
  const found = (userId: string | undefined): UserRecord | null => tables.users.get(userId ?? '') ?? null
  return {
    create: method(request => createUserInMemory(tables, request, additionParts)),

    find: method(({ userId }) => found(userId)),

    findByEmail: method(({ email }) => found(tables.userIdsByEmail.get(email))),

    findByUsername: method(({ username }) => found(tables.userIdsByUsername.get(username))),

    list: method(({ afterId = '', limit }) =>
      [...tables.users.values()]
        .filter(({ id }) => compareText(id, afterId) > 0)
        .sort((one, other) => compareText(one.id, other.id))
        .slice(0, limit),
    ),

    count: () => method(() => tables.users.size)(null),

    changePassword: method(({ userId, currentHash, newHash, sessionId, idleExpiresAt, now, messages }) => {
      const user = tables.users.get(userId)
      if (user?.passwordHash !== currentHash) return { outcome: 'stale' }
      const goingOn = ofUser(tables.sessions, userId).find(({ id }) => id === sessionId)
      if (goingOn === undefined || !isLive(goingOn, now)) return { outcome: 'sessionEnded' }
      const others = ofUser(tables.sessions, userId).filter(({ id }) => id !== sessionId)
      discardTokens(tables, userId, ['resetPassword', 'changeEmail'])
      storeMessages(tables, messages)
      return {
        outcome: 'changed',
        user: writeUser(tables, { ...user, passwordHash: newHash }),
        session: succeedSession(tables, goingOn, { generation: goingOn.generation + 2, idleExpiresAt, now }),
        revokedSessionIds: revokeSessions(tables, others, now),
      }
    }),

    replacePasswordHash: method(({ userId, currentHash, newHash }) => {
      const user = tables.users.get(userId)
      if (user?.passwordHash !== currentHash) return { outcome: 'stale' }
      writeUser(tables, { ...user, passwordHash: newHash })
      return { outcome: 'replaced' }
    }),

    updateProfile: method(({ userId, asking, ...update }) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const updated = planProfileUpdate(user, update)
      if (updated === null) return { outcome: 'tooLarge' }
      const changed = { ...user, ...updated }
      if (isTaken(tables, changed)) return { outcome: 'usernameTaken' }
      return { outcome: 'updated', user: writeUser(tables, changed) }
    }),

    markEmailConfirmed: method(({ userId, email, now }) => {
      const user = tables.users.get(userId)
      if (user?.email !== email) return { outcome: 'unknown' }
      discardTokens(tables, userId, ['confirmEmail'])
      const emailConfirmedAt = user.emailConfirmedAt ?? now
      return { outcome: 'confirmed', user: writeUser(tables, { ...user, emailConfirmedAt }) }
    }),

    disable: method(({ userId, now }) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      writeUser(tables, { ...user, disabledAt: user.disabledAt ?? now })
      discardTokens(tables, userId, ['resetPassword', 'changeEmail'])
      const apiKeyIds = followUserInMemory(followUps, 'disabled', tables, { userId, now })
      const revokedSessionIds = revokeSessions(tables, ofUser(tables.sessions, userId), now)
      return { outcome: 'disabled', revokedSessionIds, apiKeyIds }
    }),

    enable: method(({ userId }) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      writeUser(tables, { ...user, disabledAt: null })
      return { outcome: 'enabled' }
    }),

    delete: method(({ userId, asking, now }) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      if (user.passwordHash !== (asking?.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const organizationIds = followUserInMemory(followUps, 'orphaned', tables, { userId, now })
      if (organizationIds.length > 0) return { outcome: 'lastOwner', organizationIds }
      const revokedSessionIds = revokeSessions(tables, ofUser(tables.sessions, userId), now)
      const deletedApiKeyIds = followUserInMemory(followUps, 'deleted', tables, { userId, now })
      discardTokens(tables, userId)
      for (const { id } of ofUser(tables.outbox, userId)) tables.outbox.delete(id)
      removeUser(tables, userId)
      return { outcome: 'deleted', revokedSessionIds, deletedApiKeyIds }
    }),
  }
}
