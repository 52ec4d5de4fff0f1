import { joinMethods, type RecoveryCodeHash, type SecondFactorStore } from 'fast-auth/storage'
import { discardEmailChange } from './one-time-tokens.ts'
import { storeMessages } from './outbox.ts'
import { endSessions, succeedSession } from './sessions.ts'
import type { DefineMethod } from './step.ts'
import { type Change, idsOf, isAskedInTime, isLive, ofUser, type RecoveryCodeRow, type Tables } from './tables.ts'

export function codeKey({ userId, hash }: RecoveryCodeRow): string {
  return `${userId} ${hash}`
}

/** Returns whether the user has an authenticator app that is confirmed. */
export function hasSecondFactor({ totpFactors }: Tables, userId: string): boolean {
  const factor = totpFactors.get(userId)
  return factor !== undefined && factor.confirmedAt !== null
}

function removeCodes({ recoveryCodes }: Tables, userId: string): readonly Change[] {
  return ofUser(recoveryCodes, userId).map((code): Change => ['recoveryCodes', codeKey(code), null])
}

function replaceCodes(tables: Tables, userId: string, hashes: readonly RecoveryCodeHash[]): readonly Change[] {
  const rows = hashes.map(hash => ({ userId, hash }))
  return [...removeCodes(tables, userId), ...rows.map((code): Change => ['recoveryCodes', codeKey(code), code])]
}

/** Removes the authenticator app and the recovery codes of a user. */
export function removeFactors(tables: Tables, userId: string): readonly Change[] {
  return [['totpFactors', userId, null], ...removeCodes(tables, userId)]
}

export function customSecondFactors(tables: Tables, method: DefineMethod): SecondFactorStore {
  /** Returns the sessions of a user, except one, and the changes that end them. */
  function endOthers(userId: string, exceptSessionId: string | null, now: number) {
    const ended = ofUser(tables.sessions, userId).filter(({ id }) => id !== exceptSessionId)
    const isForeign = (id: string | null) => id === null || id !== exceptSessionId
    const changes = [...endSessions(ended, now), ...discardEmailChange(tables, userId, isForeign)]
    return { revokedSessionIds: idsOf(ended), changes }
  }

  return {
    find: method(({ userId }) => {
      const recoveryCodesLeft = ofUser(tables.recoveryCodes, userId).length
      return { totp: tables.totpFactors.get(userId) ?? null, recoveryCodesLeft }
    }),

    startTotp: method(({ factor, asking }, write) => {
      if (!isAskedInTime(tables, factor.userId, asking)) return { outcome: 'sessionEnded' }
      if (hasSecondFactor(tables, factor.userId)) return { outcome: 'alreadySet' }
      write([['totpFactors', factor.userId, factor]])
      return { outcome: 'started' }
    }),

    confirmTotp: method((request, write) => {
      const { userId, factorId, step, sessionId, idleExpiresAt, recoveryCodes, now, messages } = request
      const user = tables.users.get(userId)
      const factor = tables.totpFactors.get(userId)
      const isWaiting = factor?.id === factorId && factor.confirmedAt === null && isLive(factor, now)
      if (user === undefined || !isWaiting) return { outcome: 'stale' }
      const goingOn = tables.sessions.get(sessionId)
      if (goingOn?.userId !== userId || !isLive(goingOn, now)) return { outcome: 'sessionEnded' }
      const proven = { ...goingOn, methods: joinMethods(goingOn, ['totp']), authenticatedAt: now }
      const session = succeedSession(proven, { generation: goingOn.generation + 2, idleExpiresAt, now })
      const { revokedSessionIds, changes } = endOthers(userId, sessionId, now)
      write([
        ['totpFactors', userId, { ...factor, confirmedAt: now, lastStep: step }],
        ['sessions', sessionId, session],
        ...replaceCodes(tables, userId, recoveryCodes),
        ...storeMessages(messages),
        ...changes,
      ])
      return { outcome: 'confirmed', user, session, revokedSessionIds }
    }),

    removeTotp: method(({ userId, asking, now, messages }, write) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      if (!hasSecondFactor(tables, userId)) return { outcome: 'unknown' }
      const { revokedSessionIds, changes } = endOthers(userId, asking.sessionId, now)
      write([...removeFactors(tables, userId), ...storeMessages(messages), ...changes])
      return { outcome: 'removed', revokedSessionIds }
    }),

    renewRecoveryCodes: method(({ userId, recoveryCodes, asking, messages }, write) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      if (!hasSecondFactor(tables, userId)) return { outcome: 'unknown' }
      write([...replaceCodes(tables, userId, recoveryCodes), ...storeMessages(messages)])
      return { outcome: 'renewed' }
    }),

    clear: method(({ userId, now, messages }, write) => {
      // Only a user with an authenticator app has recovery codes.
      if (!tables.totpFactors.has(userId)) return { outcome: 'unknown' }
      const { revokedSessionIds, changes } = endOthers(userId, null, now)
      write([...removeFactors(tables, userId), ...storeMessages(messages), ...changes])
      return { outcome: 'removed', revokedSessionIds }
    }),
  }
}
