import { askingOf } from '../../../storage/asking-session.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import { followUserInMemory, type MemoryFollowUp } from '../../../storage/memory/memory-part.js'
import {
  discardTokens,
  enabledUser,
  isAskedInTime,
  isLive,
  type MemoryTables,
  ofUser,
  revokeSessions,
  storeMessages,
  storeToken,
  writeUser,
} from '../../../storage/memory/memory-tables.js'
import type { OneTimeTokenPurpose, OneTimeTokenRecord, UserRecord } from '../../../storage/records.js'
import type { OneTimeTokenStore, PresentedOneTimeToken } from '../port.js'

export function memoryOneTimeTokens(
  tables: MemoryTables,
  method: DefineMethod,
  followUps: readonly MemoryFollowUp[],
): OneTimeTokenStore {
  function findLive(
    { hash, now }: PresentedOneTimeToken,
    purpose: OneTimeTokenPurpose,
  ): { token: OneTimeTokenRecord; user: UserRecord } | null {
    const token = tables.oneTimeTokens.get(hash)
    const user = token && enabledUser(tables, token.userId)
    if (token === undefined || user === undefined) return null
    return token.purpose === purpose && isLive(token, now) ? { token, user } : null
  }

  return {
    issue: method(({ token, currentHash, messages, messagesIfUnknown = [] }) => {
      const user = enabledUser(tables, token.userId)
      if (user === undefined) {
        storeMessages(tables, messagesIfUnknown)
        return { outcome: 'unknownUser' }
      }
      if (user.passwordHash !== (currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (!isAskedInTime(tables, user.id, askingOf(token))) return { outcome: 'sessionEnded' }
      storeToken(tables, token)
      storeMessages(tables, messages)
      return { outcome: 'issued' }
    }),

    find: method(request => findLive(request, request.purpose)),

    confirmEmail: method(request => {
      const live = findLive(request, 'confirmEmail')
      if (live === null || live.token.email !== live.user.email) return { outcome: 'invalid' }
      const { token, user } = live
      if (user.passwordHash !== (request.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      tables.oneTimeTokens.delete(token.hash)
      const emailConfirmedAt = user.emailConfirmedAt ?? request.now
      return { outcome: 'confirmed', user: writeUser(tables, { ...user, emailConfirmedAt }) }
    }),

    resetPassword: method(request => {
      const live = findLive(request, 'resetPassword')
      if (live === null || live.token.email !== live.user.email) return { outcome: 'invalid' }
      const { user } = live
      const { newHash, messages, now } = request
      const wasProven = user.emailConfirmedAt !== null
      const emailConfirmedAt = user.emailConfirmedAt ?? now
      discardTokens(tables, user.id)
      storeMessages(tables, messages)
      return {
        outcome: 'reset',
        user: writeUser(tables, { ...user, passwordHash: newHash, emailConfirmedAt }),
        revokedSessionIds: revokeSessions(tables, ofUser(tables.sessions, user.id), now),
        deletedApiKeyIds: wasProven ? [] : followUserInMemory(followUps, 'proven', tables, { userId: user.id, now }),
      }
    }),

    changeEmail: method(request => {
      const live = findLive(request, 'changeEmail')
      if (live === null) return { outcome: 'invalid' }
      const { token, user } = live
      if (user.passwordHash !== (request.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      const holderId = tables.userIdsByEmail.get(token.email) ?? user.id
      if (holderId !== user.id) {
        tables.oneTimeTokens.delete(token.hash)
        return { outcome: 'emailTaken' }
      }
      const others = ofUser(tables.sessions, user.id).filter(({ id }) => id !== token.sessionId)
      discardTokens(tables, user.id)
      followUserInMemory(followUps, 'addressChanged', tables, { userId: user.id, now: request.now })
      return {
        outcome: 'changed',
        user: writeUser(tables, { ...user, email: token.email, emailConfirmedAt: request.now }),
        previousEmail: user.email,
        revokedSessionIds: revokeSessions(tables, others, request.now),
      }
    }),
  }
}
