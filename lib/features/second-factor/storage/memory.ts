import type { CreateMemoryPart, MemoryFollowUp, MemoryProofPart } from '../../../storage/memory/memory-part.js'
import {
  isAskedInTime,
  isLive,
  revokeAllSessions,
  storeMessages,
  succeedSession,
} from '../../../storage/memory/memory-tables.js'
import type { ProofSubject } from '../../../storage/proof-part.js'
import { joinMethods } from '../../sessions/join-methods.js'
import { confirmFactor } from '../confirm-factor.js'
import type { RecoveryCodeHash, RecoveryCodeProof, SecondFactorStore, TotpFactorRecord, TotpProof } from '../port.js'
import { settleTotp } from '../settle-totp.js'

export const memorySecondFactors = ((tables, method) => {
  const factors = new Map<string, TotpFactorRecord>()
  const codes = new Map<string, Set<RecoveryCodeHash>>()

  const factorOf = (userId: string) => factors.get(userId) ?? null

  function isConfirmed(userId: string): boolean {
    const factor = factorOf(userId)
    return factor !== null && factor.confirmedAt !== null
  }

  function removeAll(userId: string): readonly string[] {
    factors.delete(userId)
    codes.delete(userId)
    return []
  }

  const followUp: MemoryFollowUp = {
    deleted: (_, { userId }) => removeAll(userId),
    proven: (_, { userId }) => removeAll(userId),
  }

  const proofs: MemoryProofPart = {
    kinds: {
      totp: {
        factor: 'second',
        check(_, proof: TotpProof, { user }: ProofSubject) {
          const settled = settleTotp(factorOf(user.id), proof)
          return typeof settled === 'string' ? settled : () => void factors.set(user.id, settled)
        },
      },
      recoveryCode: {
        factor: 'second',
        check(_, { hash }: RecoveryCodeProof, { user }: ProofSubject) {
          const left = codes.get(user.id)
          return left?.has(hash) === true ? () => void left.delete(hash) : 'spent'
        },
      },
    },
    hasSecondFactor: (_, userId) => isConfirmed(userId),
  }

  const store: SecondFactorStore = {
    find: method(({ userId }) => ({ totp: factorOf(userId), recoveryCodesLeft: codes.get(userId)?.size ?? 0 })),

    startTotp: method(({ factor, asking }) => {
      if (!isAskedInTime(tables, factor.userId, asking)) return { outcome: 'sessionEnded' }
      if (isConfirmed(factor.userId)) return { outcome: 'alreadySet' }
      factors.set(factor.userId, factor)
      return { outcome: 'started' }
    }),

    confirmTotp: method(request => {
      const { userId, sessionId, idleExpiresAt, recoveryCodes, now, messages } = request
      const user = tables.users.get(userId)
      const confirmed = confirmFactor(factorOf(userId), request)
      if (user === undefined || confirmed === null) return { outcome: 'stale' }
      const goingOn = tables.sessions.get(sessionId)
      if (goingOn?.userId !== userId || !isLive(goingOn, now)) return { outcome: 'sessionEnded' }
      factors.set(userId, confirmed)
      codes.set(userId, new Set(recoveryCodes))
      storeMessages(tables, messages)
      const proven = { ...goingOn, methods: joinMethods(goingOn, ['totp']), authenticatedAt: now }
      return {
        outcome: 'confirmed',
        user,
        session: succeedSession(tables, proven, { generation: goingOn.generation + 2, idleExpiresAt, now }),
        revokedSessionIds: revokeAllSessions(tables, userId, { exceptSessionId: sessionId, now }),
      }
    }),

    removeTotp: method(({ userId, asking, now, messages }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      if (!isConfirmed(userId)) return { outcome: 'unknown' }
      removeAll(userId)
      storeMessages(tables, messages)
      const revokedSessionIds = revokeAllSessions(tables, userId, { exceptSessionId: asking.sessionId, now })
      return { outcome: 'removed', revokedSessionIds }
    }),

    renewRecoveryCodes: method(({ userId, recoveryCodes, asking, messages }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      if (!isConfirmed(userId)) return { outcome: 'unknown' }
      codes.set(userId, new Set(recoveryCodes))
      storeMessages(tables, messages)
      return { outcome: 'renewed' }
    }),

    clear: method(({ userId, now, messages }) => {
      // Only a user with a factor has codes.
      if (!factors.has(userId)) return { outcome: 'unknown' }
      removeAll(userId)
      storeMessages(tables, messages)
      return {
        outcome: 'removed',
        revokedSessionIds: revokeAllSessions(tables, userId, { exceptSessionId: null, now }),
      }
    }),
  }

  return { store, followUp, proofs }
}) satisfies CreateMemoryPart<SecondFactorStore>
