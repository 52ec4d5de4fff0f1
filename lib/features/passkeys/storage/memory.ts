import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type { MemoryFollowUp, MemoryPart, MemoryProofPart } from '../../../storage/memory/memory-part.js'
import {
  discardEmailChange,
  isAskedInTime,
  type MemoryTables,
  ofUser,
  revokeSessions,
  storeMessages,
} from '../../../storage/memory/memory-tables.js'
import type { ProofSubject } from '../../../storage/proof-part.js'
import type { Purge } from '../../../storage/purge.js'
import type { EpochMilliseconds, SessionRecord } from '../../../storage/records.js'
import { countFirstFactorsInMemory } from '../../sessions/count-first-factors.js'
import type { ChallengeHash, PasskeyProof, PasskeyRecord, PasskeyStore, SpentChallenge } from '../port.js'
import { settlePasskey } from '../settle-passkey.js'

/** A use of a passkey: the challenge that it spent, and the session that it proved; `null` for a registration. */
interface PasskeyUse {
  readonly challengeHash: ChallengeHash
  readonly passkeyId: string
  readonly userId: string
  readonly sessionId: string | null
  readonly expiresAt: EpochMilliseconds
}

const byCreation = (one: PasskeyRecord, other: PasskeyRecord) =>
  one.createdAt - other.createdAt || compareText(one.id, other.id)

/** @param proofParts the proofs of all features, this one included */
export function memoryPasskeys(tables: MemoryTables, method: DefineMethod, proofParts: readonly MemoryProofPart[]) {
  const byId = new Map<string, PasskeyRecord>()
  const uses = new Map<ChallengeHash, PasskeyUse>()

  const withCredential = (credentialId: string) =>
    [...byId.values()].find(passkey => passkey.credentialId === credentialId) ?? null

  function spend(
    { challengeHash, challengeExpiresAt }: SpentChallenge,
    { id: passkeyId, userId }: PasskeyRecord,
    session: SessionRecord | null,
  ): void {
    const expiresAt = Math.max(challengeExpiresAt, session?.absoluteExpiresAt ?? 0)
    uses.set(challengeHash, { challengeHash, passkeyId, userId, sessionId: session?.id ?? null, expiresAt })
  }

  /** Ends the sessions of the passkey, except one. */
  function endSessions(
    { id, userId }: PasskeyRecord,
    { exceptSessionId, now }: { readonly exceptSessionId: string | null; readonly now: EpochMilliseconds },
  ): readonly string[] {
    const used = new Set([...uses.values()].filter(({ passkeyId }) => passkeyId === id).map(use => use.sessionId))
    const ended = ofUser(tables.sessions, userId).filter(
      session => used.has(session.id) && session.id !== exceptSessionId,
    )
    const revokedSessionIds = revokeSessions(tables, ended, now)
    discardEmailChange(tables, userId, sessionId => sessionId !== null && revokedSessionIds.includes(sessionId))
    return revokedSessionIds
  }

  function removeAll(userId: string): readonly string[] {
    for (const { id } of ofUser(byId, userId)) byId.delete(id)
    return []
  }

  const followUp: MemoryFollowUp = {
    deleted(_, { userId }) {
      for (const { challengeHash } of ofUser(uses, userId)) uses.delete(challengeHash)
      return removeAll(userId)
    },
    proven: (_, { userId }) => removeAll(userId),
  }

  const proofs: MemoryProofPart = {
    kinds: {
      passkey: {
        factor: 'both',
        check(_, proof: PasskeyProof, { user, now }: ProofSubject) {
          if (uses.has(proof.challengeHash)) return 'spent'
          const used = settlePasskey(withCredential(proof.credentialId), proof, { userId: user.id, now })
          if (used === 'stale') return 'stale'
          return session => {
            byId.set(used.id, used)
            spend(proof, used, session)
          }
        },
      },
    },
    countFirstFactors: (_, { id }) => ofUser(byId, id).length,
  }

  function purge({ now, limit }: Purge): number {
    const expired = [...uses.values()].filter(({ expiresAt }) => now >= expiresAt).slice(0, limit)
    for (const { challengeHash } of expired) uses.delete(challengeHash)
    return expired.length
  }

  const store: PasskeyStore = {
    register: method(({ passkey, maximumPerUser, asking, messages, ...challenge }) => {
      if (!isAskedInTime(tables, passkey.userId, asking)) return { outcome: 'sessionEnded' }
      if (uses.has(challenge.challengeHash)) return { outcome: 'spent' }
      if (withCredential(passkey.credentialId) !== null) return { outcome: 'taken' }
      if (ofUser(byId, passkey.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      byId.set(passkey.id, passkey)
      spend(challenge, passkey, null)
      storeMessages(tables, messages)
      return { outcome: 'registered' }
    }),

    findByCredentialId: method(({ credentialId }) => withCredential(credentialId)),

    list: method(({ userId }) => ofUser(byId, userId).sort(byCreation)),

    rename: method(({ passkeyId, userId, name, asking }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const passkey = byId.get(passkeyId)
      if (passkey?.userId !== userId) return { outcome: 'unknown' }
      const renamed = { ...passkey, name }
      byId.set(passkeyId, renamed)
      return { outcome: 'renamed', passkey: renamed }
    }),

    remove: method(({ passkeyId, userId, asking, now, messages, mayBeLast = false }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const passkey = byId.get(passkeyId)
      const user = tables.users.get(userId)
      if (user === undefined || passkey?.userId !== userId) return { outcome: 'unknown' }
      if (!mayBeLast && countFirstFactorsInMemory(proofParts, tables, user) === 1)
        return { outcome: 'lastSignInMethod' }
      byId.delete(passkeyId)
      storeMessages(tables, messages)
      const revokedSessionIds = endSessions(passkey, { exceptSessionId: asking.sessionId, now })
      return { outcome: 'removed', passkey, revokedSessionIds }
    }),

    endSessions: method(({ passkeyId, userId, now, messages }) => {
      const passkey = byId.get(passkeyId)
      if (passkey?.userId !== userId) return { revokedSessionIds: [] }
      storeMessages(tables, messages)
      return { revokedSessionIds: endSessions(passkey, { exceptSessionId: null, now }) }
    }),
  }

  return { store, followUp, proofs, purge } satisfies MemoryPart<PasskeyStore>
}
