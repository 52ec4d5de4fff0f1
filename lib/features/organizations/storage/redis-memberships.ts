import type { UserRecord } from '../../../storage/records.js'
import { isLive } from '../../../storage/redis/lifetime.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { readSession } from '../../../storage/redis/session-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readUser, toUser } from '../../../storage/redis/user-records.js'
import type { MembershipRecord, MembershipStore, OrganizationRecord } from '../port.js'
import { organizationKeys } from './redis-keys.js'
import {
  changeSessionsOf,
  decide,
  endMembership,
  hasOtherOwner,
  type RedisMembershipFollowUp,
  readMembership,
  removeInvitationsTo,
  switchSession,
  toRecord,
  writeMembership,
} from './redis-records.js'

interface Asked {
  readonly organizationId: string
  readonly userId: string
}

/** Reads the member whom an actor wants to change, and whether there is another owner. */
async function readMember(transaction: Transaction, { organizationId, userId }: Asked) {
  const key = { organizationId, userId }
  const [member, isOtherOwner] = await Promise.all([readMembership(transaction, key), hasOtherOwner(transaction, key)])
  return { member, hasOtherOwner: isOtherOwner }
}

/** @param followUps what follows a change of memberships, of all features */
export function redisMemberships(method: DefineMethod, followUps: readonly RedisMembershipFollowUp[]): MembershipStore {
  return {
    list: method(async (transaction, { organizationId, afterUserId, limit }) => {
      const { membership, membersOf } = organizationKeys(transaction.keys)
      const from = afterUserId === undefined ? '-' : `(${afterUserId}`
      const page = ['LIMIT', '0', String(limit)]
      const index = ['ZRANGEBYLEX', membersOf(organizationId), from, '+', ...page] as const
      const entries = await transaction.list(index, transaction.keys.user)
      if (entries.length === 0) return []
      const texts = await transaction.getAll(entries.map(({ id: userId }) => membership(organizationId, userId)))
      return recordsOf(entries, toUser).map((user, place) => ({
        membership: toRecord(texts[place]) as MembershipRecord,
        user,
      }))
    }),

    changeRole: method(async (transaction, request) => {
      const { organizationId, userId, role, now } = request
      const asked = await readMember(transaction, request)
      const { decision, organization } = await decide(transaction, request, { kind: 'changeRole', role, ...asked })
      if (decision !== 'allowed') return { outcome: decision }
      const member = asked.member as MembershipRecord
      const changed = { ...member, role }
      const [user, endedGenerations, apiKeyIds] = await Promise.all([
        readUser(transaction, userId),
        changeSessionsOf(transaction, member, role, now),
        Promise.all(followUps.map(followUp => followUp.roleChanged(transaction, { organizationId, userId, now }))),
        removeInvitationsTo(transaction, [organizationId], userId),
      ])
      writeMembership(transaction, { organization: organization as OrganizationRecord, membership: changed })
      return {
        outcome: 'changed',
        member: { membership: changed, user: user as UserRecord },
        previousRole: member.role,
        endedGenerations,
        apiKeyIds: apiKeyIds.flat(),
      }
    }, reserving),

    end: method(async (transaction, request) => {
      const { organizationId, userId, now } = request
      const asked = await readMember(transaction, request)
      const { decision } = await decide(transaction, request, { kind: 'end', ...asked })
      if (decision !== 'allowed') return { outcome: decision }
      const [ended] = await Promise.all([
        endMembership(transaction, { organizationId, userId, now }, followUps),
        removeInvitationsTo(transaction, [organizationId], userId),
      ])
      return { outcome: 'ended', membership: asked.member as MembershipRecord, ...ended }
    }, reserving),

    switch: method(async (transaction, { sessionId, userId, organizationId, idleExpiresAt, now }) => {
      const [session, user] = await Promise.all([readSession(transaction, sessionId), readUser(transaction, userId)])
      if (user === null || session?.userId !== userId || !isLive(session, now)) return { outcome: 'sessionEnded' }
      const times = { idleExpiresAt, now }
      if (organizationId === null)
        return { outcome: 'switched', user, session: switchSession(transaction, session, null, times) }
      const membership = await readMembership(transaction, { organizationId, userId })
      if (membership === null) return { outcome: 'unknown' }
      const organization = { id: organizationId, role: membership.role }
      return { outcome: 'switched', user, session: switchSession(transaction, session, organization, times) }
    }, reserving),
  }
}
