import type { IdentityRecord, IdentityStore } from 'fast-auth/storage'
import { countFirstFactors, findIdentity } from './identity-records.ts'
import { discardEmailChange } from './one-time-tokens.ts'
import { storeMessages } from './outbox.ts'
import { proveAddress } from './prove-address.ts'
import { endSessions } from './sessions.ts'
import type { DefineMethod } from './step.ts'
import { compareText, enabledUser, idsOf, isAskedInTime, ofUser, type Tables } from './tables.ts'
import { createUser } from './users.ts'

const byCreation = (one: IdentityRecord, other: IdentityRecord) =>
  one.createdAt - other.createdAt || compareText(one.id, other.id)

export function customIdentities(tables: Tables, method: DefineMethod): IdentityStore {
  return {
    find: method(key => findIdentity(tables, key) ?? null),

    list: method(({ userId }) => ofUser(tables.identities, userId).sort(byCreation)),

    signUp: method(({ identity, ...request }, write) => {
      if (findIdentity(tables, identity) !== undefined) return { outcome: 'identityTaken' }
      const { answer, changes } = createUser(tables, { ...request, session: null })
      write(changes)
      if (answer.outcome === 'created') write([['identities', identity.id, identity]])
      return answer
    }),

    adopt: method(({ identity, email, mayLinkProven, now, messages }, write) => {
      if (findIdentity(tables, identity) !== undefined) return { outcome: 'identityTaken' }
      const user = enabledUser(tables, identity.userId)
      if (user?.email !== email) return { outcome: 'stale' }
      const wasProven = user.emailConfirmedAt !== null
      if (wasProven && !mayLinkProven) return { outcome: 'refused' }
      const { proven, changes } = wasProven
        ? { proven: { user, isProvenNow: false, revokedSessionIds: [] }, changes: [] }
        : proveAddress(tables, user, now)
      write([...changes, ['identities', identity.id, identity], ...storeMessages(messages)])
      return { outcome: 'linked', ...proven }
    }),

    link: method(({ identity, maximumPerUser, asking, messages }, write) => {
      const { id, userId } = identity
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const stored = findIdentity(tables, identity)
      if (stored !== undefined) return { outcome: stored.userId === userId ? 'present' : 'identityTaken' }
      if (ofUser(tables.identities, userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      write([['identities', id, identity], ...storeMessages(messages)])
      return { outcome: 'linked' }
    }),

    unlink: method(({ identityId, userId, asking, now, messages, mayBeLast = false }, write) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const identity = tables.identities.get(identityId)
      if (identity?.userId !== userId) return { outcome: 'unknown' }
      if (!mayBeLast && countFirstFactors(tables, userId) === 1) return { outcome: 'lastSignInMethod' }
      const ended = ofUser(tables.sessions, userId).filter(
        ({ id, methods }) => id !== asking.sessionId && methods.includes('provider'),
      )
      const revokedSessionIds = idsOf(ended)
      const isEnded = (sessionId: string | null) => sessionId !== null && revokedSessionIds.includes(sessionId)
      write([['identities', identityId, null], ...storeMessages(messages), ...endSessions(ended, now)])
      write(discardEmailChange(tables, userId, isEnded))
      return { outcome: 'unlinked', identity, revokedSessionIds }
    }),
  }
}
