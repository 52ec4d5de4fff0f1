import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import {
  isLive,
  type MemoryTables,
  recordGenerationEnd,
  succeedSession,
} from '../../../storage/memory/memory-tables.js'
import type { CurrentOrganization, EpochMilliseconds, SessionRecord, UserRecord } from '../../../storage/records.js'
import type { MembershipRecord, MembershipStore } from '../port.js'
import {
  changeSessionsOf,
  decide,
  hasOtherOwner,
  memberKey,
  membersOf,
  type OrganizationTables,
  removeInvitationTo,
  removeMembership,
} from './memory-records.js'

/** Lets a session act in an organisation, or in none, and ends its earlier access tokens. */
export function switchSession(
  tables: MemoryTables,
  session: SessionRecord,
  organization: CurrentOrganization | null,
  { idleExpiresAt, now }: { readonly idleExpiresAt: EpochMilliseconds; readonly now: EpochMilliseconds },
): SessionRecord {
  recordGenerationEnd(tables, session, now)
  const generation = session.generation + 1
  return succeedSession(tables, { ...session, organization }, { generation, idleExpiresAt, now })
}

export function memoryMembershipStore(records: OrganizationTables, method: DefineMethod): MembershipStore {
  const { tables, memberships, followUps } = records
  const withUser = (membership: MembershipRecord) => ({
    membership,
    user: tables.users.get(membership.userId) as UserRecord,
  })

  return {
    list: method(({ organizationId, afterUserId = '', limit }) =>
      membersOf(records, organizationId)
        .filter(({ userId }) => compareText(userId, afterUserId) > 0)
        .sort((one, other) => compareText(one.userId, other.userId))
        .slice(0, limit)
        .map(withUser),
    ),

    changeRole: method(request => {
      const { organizationId, userId, role, now } = request
      const stored = memberships.get(memberKey(request)) ?? null
      const hasOther = hasOtherOwner(records, organizationId, userId)
      const decision = decide(records, request, { kind: 'changeRole', member: stored, role, hasOtherOwner: hasOther })
      if (decision !== 'allowed') return { outcome: decision }
      const member = stored as MembershipRecord
      const changed = { ...member, role }
      memberships.set(memberKey(member), changed)
      removeInvitationTo(records, member)
      return {
        outcome: 'changed',
        member: withUser(changed),
        previousRole: member.role,
        endedGenerations: changeSessionsOf(records, member, role, now),
        apiKeyIds: followUps.flatMap(followUp => followUp.roleChanged(tables, { organizationId, userId, now })),
      }
    }),

    end: method(request => {
      const { organizationId, userId, now } = request
      const stored = memberships.get(memberKey(request)) ?? null
      const hasOther = hasOtherOwner(records, organizationId, userId)
      const decision = decide(records, request, { kind: 'end', member: stored, hasOtherOwner: hasOther })
      if (decision !== 'allowed') return { outcome: decision }
      const member = stored as MembershipRecord
      removeMembership(records, member)
      return {
        outcome: 'ended',
        membership: member,
        endedGenerations: changeSessionsOf(records, member, null, now),
        apiKeyIds: followUps.flatMap(followUp => followUp.ended(tables, { organizationId, userId, now })),
      }
    }),

    switch: method(({ sessionId, userId, organizationId, idleExpiresAt, now }) => {
      const session = tables.sessions.get(sessionId)
      const user = tables.users.get(userId)
      if (user === undefined || session?.userId !== userId || !isLive(session, now)) return { outcome: 'sessionEnded' }
      const times = { idleExpiresAt, now }
      if (organizationId === null)
        return { outcome: 'switched', user, session: switchSession(tables, session, null, times) }
      const membership = memberships.get(memberKey({ organizationId, userId }))
      if (membership === undefined) return { outcome: 'unknown' }
      const organization = { id: organizationId, role: membership.role }
      return { outcome: 'switched', user, session: switchSession(tables, session, organization, times) }
    }),
  }
}
