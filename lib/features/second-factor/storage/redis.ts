import { endAllSessions } from '../../../storage/redis/end-all-sessions.js'
import { isLive } from '../../../storage/redis/lifetime.js'
import { writeMessages } from '../../../storage/redis/message-records.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { isAskedInTime, readSession, succeedSession } from '../../../storage/redis/session-records.js'
import { readUser } from '../../../storage/redis/user-records.js'
import { joinMethods } from '../../sessions/join-methods.js'
import { confirmFactor } from '../confirm-factor.js'
import type { SecondFactorStore } from '../port.js'
import { secondFactorKeys } from './redis-keys.js'
import { hasConfirmedFactor, readFactor, removeFactors, replaceCodes, writeFactor } from './redis-records.js'

export function redisSecondFactors(method: DefineMethod): SecondFactorStore {
  return {
    find: method(async (transaction, { userId }) => {
      const codes = await transaction.ids(secondFactorKeys(transaction.keys).recoveryCodesOf(userId))
      return { totp: await readFactor(transaction, userId), recoveryCodesLeft: codes.length }
    }),

    startTotp: method(async (transaction, { factor, asking }) => {
      if (!(await isAskedInTime(transaction, factor.userId, asking))) return { outcome: 'sessionEnded' }
      if (await hasConfirmedFactor(transaction, factor.userId)) return { outcome: 'alreadySet' }
      writeFactor(transaction, factor)
      return { outcome: 'started' }
    }, reserving),

    confirmTotp: method(async (transaction, request) => {
      const { userId, sessionId, idleExpiresAt, recoveryCodes, now, messages } = request
      const user = await readUser(transaction, userId)
      const confirmed = confirmFactor(await readFactor(transaction, userId), request)
      if (user === null || confirmed === null) return { outcome: 'stale' }
      const goingOn = await readSession(transaction, sessionId)
      if (goingOn?.userId !== userId || !isLive(goingOn, now)) return { outcome: 'sessionEnded' }
      writeFactor(transaction, confirmed)
      replaceCodes(transaction, userId, recoveryCodes)
      writeMessages(transaction, messages)
      const proven = { ...goingOn, methods: joinMethods(goingOn, ['totp']), authenticatedAt: now }
      return {
        outcome: 'confirmed',
        user,
        session: succeedSession(transaction, proven, { generation: goingOn.generation + 2, idleExpiresAt, now }),
        revokedSessionIds: await endAllSessions(transaction, userId, { exceptSessionId: sessionId, now }),
      }
    }, reserving),

    removeTotp: method(async (transaction, { userId, asking, now, messages }) => {
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      if (!(await hasConfirmedFactor(transaction, userId))) return { outcome: 'unknown' }
      removeFactors(transaction, userId)
      writeMessages(transaction, messages)
      const exceptSessionId = asking.sessionId
      return {
        outcome: 'removed',
        revokedSessionIds: await endAllSessions(transaction, userId, { exceptSessionId, now }),
      }
    }, reserving),

    renewRecoveryCodes: method(async (transaction, { userId, recoveryCodes, asking, messages }) => {
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      if (!(await hasConfirmedFactor(transaction, userId))) return { outcome: 'unknown' }
      replaceCodes(transaction, userId, recoveryCodes)
      writeMessages(transaction, messages)
      return { outcome: 'renewed' }
    }, reserving),

    clear: method(async (transaction, { userId, now, messages }) => {
      // Only a user with a factor has codes.
      if ((await readFactor(transaction, userId)) === null) return { outcome: 'unknown' }
      removeFactors(transaction, userId)
      writeMessages(transaction, messages)
      return {
        outcome: 'removed',
        revokedSessionIds: await endAllSessions(transaction, userId, { exceptSessionId: null, now }),
      }
    }, reserving),
  }
}
