import type {
  CurrentOrganization,
  EpochMilliseconds,
  MembershipRecord,
  MembershipStore,
  SessionRecord,
  UserRecord,
} from 'fast-auth/storage'
import { endApiKeys, notifyEnd } from './api-keys.ts'
import {
  changeOrganization,
  decide,
  endGeneration,
  findMembership,
  hasOtherOwner,
  membersOf,
  removeInvitationTo,
  removeMembership,
  writeMembership,
} from './organization-records.ts'
import { succeedSession } from './sessions.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, idsOf, isLive, ofUser, type Tables } from './tables.ts'

/** Lets a session act in an organisation, or in none, with a new generation. */
export function switchSession(
  stored: SessionRecord,
  organization: CurrentOrganization | null,
  times: { readonly idleExpiresAt: EpochMilliseconds; readonly now: EpochMilliseconds },
): { readonly session: SessionRecord; readonly changes: readonly Change[] } {
  const session = succeedSession({ ...stored, organization }, { ...times, generation: stored.generation + 1 })
  return { session, changes: [['sessions', session.id, session], endGeneration(stored, times.now)] }
}

export function customMemberships(tables: Tables, method: DefineMethod): MembershipStore {
  const withUser = (membership: MembershipRecord) => ({
    membership,
    user: tables.users.get(membership.userId) as UserRecord,
  })

  /** Returns what names the membership: the sessions that act in the organisation, and the API keys. */
  function accessOf({ organizationId, userId }: MembershipRecord) {
    return {
      sessions: ofUser(tables.sessions, userId).filter(({ organization }) => organization?.id === organizationId),
      apiKeys: ofUser(tables.apiKeys, userId).filter(apiKey => apiKey.organizationId === organizationId),
    }
  }

  return {
    list: method(({ organizationId, afterUserId = '', limit }) =>
      membersOf(tables, organizationId)
        .filter(({ userId }) => compareText(userId, afterUserId) > 0)
        .sort((one, other) => compareText(one.userId, other.userId))
        .slice(0, limit)
        .map(withUser),
    ),

    changeRole: method((request, write) => {
      const { organizationId, role, now } = request
      const member = findMembership(tables, request)
      const intention = { kind: 'changeRole', member, role, hasOtherOwner: hasOtherOwner(tables, request) } as const
      const decision = decide(tables, request, intention)
      if (decision !== 'allowed') return { outcome: decision }
      const stored = member as MembershipRecord
      const changed = { ...stored, role }
      const { sessions, apiKeys } = accessOf(stored)
      const { endedGenerations, changes } = changeOrganization(sessions, { id: organizationId, role }, now)
      write([writeMembership(changed), ...changes, ...apiKeys.map(apiKey => notifyEnd(apiKey, now))])
      write(removeInvitationTo(tables, stored))
      const previousRole = stored.role
      return {
        outcome: 'changed',
        member: withUser(changed),
        previousRole,
        endedGenerations,
        apiKeyIds: idsOf(apiKeys),
      }
    }),

    end: method((request, write) => {
      const { now } = request
      const member = findMembership(tables, request)
      const intention = { kind: 'end', member, hasOtherOwner: hasOtherOwner(tables, request) } as const
      const decision = decide(tables, request, intention)
      if (decision !== 'allowed') return { outcome: decision }
      const membership = member as MembershipRecord
      const { sessions, apiKeys } = accessOf(membership)
      const { endedGenerations, changes } = changeOrganization(sessions, null, now)
      write([...removeMembership(tables, membership), ...changes, ...endApiKeys(apiKeys, now)])
      return { outcome: 'ended', membership, endedGenerations, apiKeyIds: idsOf(apiKeys) }
    }),

    switch: method(({ sessionId, userId, organizationId, ...times }, write) => {
      const stored = tables.sessions.get(sessionId)
      const user = tables.users.get(userId)
      if (user === undefined || stored?.userId !== userId || !isLive(stored, times.now))
        return { outcome: 'sessionEnded' }
      const membership = organizationId === null ? null : findMembership(tables, { organizationId, userId })
      if (organizationId !== null && membership === null) return { outcome: 'unknown' }
      const organization = membership && { id: membership.organizationId, role: membership.role }
      const { session, changes } = switchSession(stored, organization, times)
      write(changes)
      return { outcome: 'switched', user, session }
    }),
  }
}
