import {
  classifyPasskeyUse,
  type PasskeyProof,
  type PasskeyRecord,
  type PasskeyStore,
  type SessionRecord,
  type SpentChallenge,
  type UserRecord,
} from 'fast-auth/storage'
import { countFirstFactors } from './identity-records.ts'
import { discardEmailChange } from './one-time-tokens.ts'
import { storeMessages } from './outbox.ts'
import { endSessions } from './sessions.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, idsOf, isAskedInTime, ofUser, type PasskeyUseRow, type Tables } from './tables.ts'

const byCreation = (one: PasskeyRecord, other: PasskeyRecord) =>
  one.createdAt - other.createdAt || compareText(one.id, other.id)

function findByCredentialId({ passkeys }: Tables, credentialId: string): PasskeyRecord | undefined {
  return [...passkeys.values()].find(passkey => passkey.credentialId === credentialId)
}

/** Spends the challenge, and remembers whose session it proved: none for a registration. */
function spend(
  { challengeHash, challengeExpiresAt }: SpentChallenge,
  { id: passkeyId, userId }: PasskeyRecord,
  session: SessionRecord | null,
): Change {
  const expiresAt = Math.max(challengeExpiresAt, session?.absoluteExpiresAt ?? 0)
  const use: PasskeyUseRow = { passkeyId, userId, sessionId: session?.id ?? null, expiresAt }
  return ['passkeyUses', challengeHash, use]
}

/** Returns what a use of a passkey changes, for the session that it proves; or why it does not hold. */
export function checkPasskey(
  tables: Tables,
  { id: userId }: UserRecord,
  proof: PasskeyProof,
  now: number,
): ((session: SessionRecord) => readonly Change[]) | 'stale' | 'spent' {
  if (tables.passkeyUses.has(proof.challengeHash)) return 'spent'
  const passkey = findByCredentialId(tables, proof.credentialId)
  if (passkey?.userId !== userId || classifyPasskeyUse(passkey, proof) !== 'holds') return 'stale'
  const { counter, backedUp } = proof
  const used = { ...passkey, counter, backedUp, lastUsedAt: now }
  return session => [['passkeys', passkey.id, used], spend(proof, passkey, session)]
}

/** Removes the passkeys of a user. Their challenges stay spent. */
export function removePasskeys({ passkeys }: Tables, userId: string): readonly Change[] {
  return ofUser(passkeys, userId).map(({ id }): Change => ['passkeys', id, null])
}

/** Forgets the challenges of a user who is being deleted. */
export function removePasskeyUses({ passkeyUses }: Tables, userId: string): readonly Change[] {
  return [...passkeyUses].flatMap(([hash, use]): readonly Change[] =>
    use.userId === userId ? [['passkeyUses', hash, null]] : [],
  )
}

export function customPasskeys(tables: Tables, method: DefineMethod): PasskeyStore {
  /** Returns the sessions of a passkey, except one, and the changes that end them. */
  function endSessionsOf({ id, userId }: PasskeyRecord, exceptSessionId: string | null, now: number) {
    const uses = ofUser(tables.passkeyUses, userId).filter(({ passkeyId }) => passkeyId === id)
    const sessionIds = new Set(uses.map(({ sessionId }) => sessionId))
    const ended = ofUser(tables.sessions, userId).filter(
      session => sessionIds.has(session.id) && session.id !== exceptSessionId,
    )
    const revokedSessionIds = idsOf(ended)
    const isEnded = (sessionId: string | null) => sessionId !== null && revokedSessionIds.includes(sessionId)
    const changes = [...endSessions(ended, now), ...discardEmailChange(tables, userId, isEnded)]
    return { revokedSessionIds, changes }
  }

  function ownPasskey({ passkeyId, userId }: { readonly passkeyId: string; readonly userId: string }) {
    const passkey = tables.passkeys.get(passkeyId)
    return passkey?.userId === userId ? passkey : undefined
  }

  return {
    register: method(({ passkey, maximumPerUser, asking, messages, ...challenge }, write) => {
      if (!isAskedInTime(tables, passkey.userId, asking)) return { outcome: 'sessionEnded' }
      if (tables.passkeyUses.has(challenge.challengeHash)) return { outcome: 'spent' }
      if (findByCredentialId(tables, passkey.credentialId) !== undefined) return { outcome: 'taken' }
      if (ofUser(tables.passkeys, passkey.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      write([['passkeys', passkey.id, passkey], spend(challenge, passkey, null), ...storeMessages(messages)])
      return { outcome: 'registered' }
    }),

    findByCredentialId: method(({ credentialId }) => findByCredentialId(tables, credentialId) ?? null),

    list: method(({ userId }) => ofUser(tables.passkeys, userId).sort(byCreation)),

    rename: method((request, write) => {
      if (!isAskedInTime(tables, request.userId, request.asking)) return { outcome: 'sessionEnded' }
      const stored = ownPasskey(request)
      if (stored === undefined) return { outcome: 'unknown' }
      const passkey = { ...stored, name: request.name }
      write([['passkeys', passkey.id, passkey]])
      return { outcome: 'renamed', passkey }
    }),

    remove: method((request, write) => {
      const { userId, asking, now, messages, mayBeLast = false } = request
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const passkey = ownPasskey(request)
      if (passkey === undefined) return { outcome: 'unknown' }
      if (!mayBeLast && countFirstFactors(tables, userId) === 1) return { outcome: 'lastSignInMethod' }
      const { revokedSessionIds, changes } = endSessionsOf(passkey, asking.sessionId, now)
      write([['passkeys', passkey.id, null], ...storeMessages(messages), ...changes])
      return { outcome: 'removed', passkey, revokedSessionIds }
    }),

    endSessions: method((request, write) => {
      const passkey = ownPasskey(request)
      if (passkey === undefined) return { revokedSessionIds: [] }
      const { revokedSessionIds, changes } = endSessionsOf(passkey, null, request.now)
      write([...storeMessages(request.messages), ...changes])
      return { revokedSessionIds }
    }),
  }
}
