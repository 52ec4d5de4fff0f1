import {
  type CreateUser,
  planProfileUpdate,
  type UserCreation,
  type UserRecord,
  type UserStore,
} from 'fast-auth/storage'
import { endApiKeys, notifyEnd } from './api-keys.ts'
import { removeIdentities } from './identity-records.ts'
import { discardTokens, replaceToken } from './one-time-tokens.ts'
import {
  orphanedBy,
  removeInvitationsBy,
  removeMembershipsOf,
  writePersonalOrganization,
} from './organization-records.ts'
import { storeMessages } from './outbox.ts'
import { removePasskeys, removePasskeyUses } from './passkeys.ts'
import { removeFactors } from './second-factors.ts'
import { endSessions, succeedSession } from './sessions.ts'
import { removeSignInCodes } from './sign-in-codes.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, idsOf, isAskedInTime, isLive, ofUser, type Tables } from './tables.ts'

export function writeUser(user: UserRecord): Change {
  return ['users', user.id, user]
}

function findUser({ users }: Tables, isMeant: (user: UserRecord) => boolean): UserRecord | null {
  return [...users.values()].find(isMeant) ?? null
}

function isNameTaken(tables: Tables, { id, username }: UserRecord): boolean {
  return username !== null && findUser(tables, user => user.username === username && user.id !== id) !== null
}

/** Returns the answer to a sign-up, and what it changes. */
export function createUser(
  tables: Tables,
  request: CreateUser,
): { readonly answer: UserCreation; readonly changes: readonly Change[] } {
  const { user, session, token, messages, messagesIfTaken } = request
  const owner = findUser(tables, ({ email }) => email === user.email)
  if (owner !== null) {
    const changes = storeMessages(messagesIfTaken.map(message => ({ ...message, userId: owner.id })))
    return { answer: { outcome: 'emailTaken' }, changes }
  }
  if (tables.users.has(user.id)) return { answer: { outcome: 'idTaken' }, changes: [] }
  if (isNameTaken(tables, user)) return { answer: { outcome: 'usernameTaken' }, changes: [] }
  const changes: readonly Change[] = [
    writeUser(user),
    ...storeMessages(messages),
    ...(session === null ? [] : [['sessions', session.id, session] as const]),
    ...(token === null ? [] : replaceToken(tables, token)),
    ...writePersonalOrganization(request),
  ]
  return { answer: { outcome: 'created' }, changes }
}

export function customUsers(tables: Tables, method: DefineMethod): UserStore {
  return {
    create: method((request, write) => {
      const { answer, changes } = createUser(tables, request)
      write(changes)
      return answer
    }),

    find: method(({ userId }) => tables.users.get(userId) ?? null),

    findByEmail: method(({ email }) => findUser(tables, user => user.email === email)),

    findByUsername: method(({ username }) => findUser(tables, user => user.username === username)),

    list: method(({ afterId = '', limit }) => {
      const later = [...tables.users.values()].filter(({ id }) => compareText(id, afterId) > 0)
      return later.sort((one, other) => compareText(one.id, other.id)).slice(0, limit)
    }),

    count: () => method(() => tables.users.size)(null),

    changePassword: method(({ userId, currentHash, newHash, sessionId, idleExpiresAt, now, messages }, write) => {
      const stored = tables.users.get(userId)
      if (stored?.passwordHash !== currentHash) return { outcome: 'stale' }
      const goingOn = tables.sessions.get(sessionId)
      if (goingOn?.userId !== userId || !isLive(goingOn, now)) return { outcome: 'sessionEnded' }
      const user = { ...stored, passwordHash: newHash }
      const session = succeedSession(goingOn, { generation: goingOn.generation + 2, idleExpiresAt, now })
      const others = ofUser(tables.sessions, userId).filter(({ id }) => id !== sessionId)
      write([
        writeUser(user),
        ['sessions', sessionId, session],
        ...endSessions(others, now),
        ...discardTokens(tables, userId, ['resetPassword', 'changeEmail']),
        ...storeMessages(messages),
      ])
      return { outcome: 'changed', user, session, revokedSessionIds: idsOf(others) }
    }),

    replacePasswordHash: method(({ userId, currentHash, newHash }, write) => {
      const user = tables.users.get(userId)
      if (user?.passwordHash !== currentHash) return { outcome: 'stale' }
      write([writeUser({ ...user, passwordHash: newHash })])
      return { outcome: 'replaced' }
    }),

    updateProfile: method(({ userId, asking, ...update }, write) => {
      const stored = tables.users.get(userId)
      if (stored === undefined) return { outcome: 'unknown' }
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const updated = planProfileUpdate(stored, update)
      if (updated === null) return { outcome: 'tooLarge' }
      const user = { ...stored, ...updated }
      if (isNameTaken(tables, user)) return { outcome: 'usernameTaken' }
      write([writeUser(user)])
      return { outcome: 'updated', user }
    }),

    markEmailConfirmed: method(({ userId, email, now }, write) => {
      const stored = tables.users.get(userId)
      if (stored?.email !== email) return { outcome: 'unknown' }
      const user = { ...stored, emailConfirmedAt: stored.emailConfirmedAt ?? now }
      write([writeUser(user), ...discardTokens(tables, userId, ['confirmEmail'])])
      return { outcome: 'confirmed', user }
    }),

    disable: method(({ userId, now }, write) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      const sessions = ofUser(tables.sessions, userId)
      const apiKeys = ofUser(tables.apiKeys, userId)
      write([
        writeUser({ ...user, disabledAt: user.disabledAt ?? now }),
        ...endSessions(sessions, now),
        ...apiKeys.map(apiKey => notifyEnd(apiKey, now)),
        ...discardTokens(tables, userId, ['resetPassword', 'changeEmail']),
        ...removeInvitationsBy(tables, userId),
      ])
      return { outcome: 'disabled', revokedSessionIds: idsOf(sessions), apiKeyIds: idsOf(apiKeys) }
    }),

    enable: method(({ userId }, write) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      write([writeUser({ ...user, disabledAt: null })])
      return { outcome: 'enabled' }
    }),

    delete: method(({ userId, asking, now }, write) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'unknown' }
      if (user.passwordHash !== (asking?.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const organizationIds = orphanedBy(tables, userId)
      if (organizationIds.length > 0) return { outcome: 'lastOwner', organizationIds }
      const sessions = ofUser(tables.sessions, userId)
      const apiKeys = ofUser(tables.apiKeys, userId)
      write([['users', userId, null], ...endSessions(sessions, now), ...endApiKeys(apiKeys, now)])
      write([...discardTokens(tables, userId), ...removeFactors(tables, userId)])
      write([...removePasskeys(tables, userId), ...removePasskeyUses(tables, userId)])
      write([...removeSignInCodes(tables, userId), ...removeIdentities(tables, userId)])
      write(removeMembershipsOf(tables, userId))
      write(ofUser(tables.outbox, userId).map(({ id }): Change => ['outbox', id, null]))
      for (const event of ofUser(tables.events, userId)) {
        write([['events', event.id, { ...event, ip: null, userAgent: null }]])
      }
      return { outcome: 'deleted', revokedSessionIds: idsOf(sessions), deletedApiKeyIds: idsOf(apiKeys) }
    }),
  }
}
