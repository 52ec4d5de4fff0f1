import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import { discardTokens, isLive, storeMessages, writeUser } from '../../../storage/memory/memory-tables.js'
import type { UserRecord } from '../../../storage/records.js'
import { createUserInMemory, type MemoryUserAdditionPart } from '../../accounts/storage/memory.js'
import { isInvitationLive } from '../decide-membership.js'
import type { InvitationStore, InvitationToOrganization, OrganizationRecord, PresentedInvitation } from '../port.js'
import { switchSession } from './memory-memberships.js'
import { decide, invitationsTo, memberKey, membersOf, type OrganizationTables } from './memory-records.js'

/** Returns the live invitation with this hash, and its organisation; `null` if there is none. */
function findInvitation(
  { organizations, memberships, invitations }: OrganizationTables,
  { hash, ...asked }: PresentedInvitation,
): InvitationToOrganization | null {
  const invitation = [...invitations.values()].find(one => one.hash === hash)
  if (invitation === undefined) return null
  const { organizationId, invitedBy: userId } = invitation
  const inviter = memberships.get(memberKey({ organizationId, userId })) ?? null
  if (!isInvitationLive(invitation, inviter, asked)) return null
  return { invitation, organization: organizations.get(organizationId) as OrganizationRecord }
}

export function memoryInvitationStore(
  records: OrganizationTables,
  method: DefineMethod,
  additionParts: readonly MemoryUserAdditionPart[],
): InvitationStore {
  const { tables, memberships, invitations } = records

  return {
    issue: method(({ invitation, maximumMembers, actor, messages }) => {
      const { organizationId, role, email, createdAt } = invitation
      const decision = decide(records, { organizationId, actor }, { kind: 'invite', role })
      if (decision !== 'allowed') return { outcome: decision }
      const others = invitationsTo(records, organizationId).filter(other => other.email !== email)
      const waiting = others.filter(other => isLive(other, createdAt))
      if (membersOf(records, organizationId).length + waiting.length >= maximumMembers) return { outcome: 'full' }
      const replaced = invitationsTo(records, organizationId).filter(other => other.email === email)
      const kept = [...invitations.values()].filter(one => !replaced.includes(one))
      if (kept.some(one => one.hash === invitation.hash)) throw new Error('Another invitation has this hash')
      if (kept.some(one => one.id === invitation.id)) throw new Error('Another invitation has this id')
      for (const { id } of replaced) invitations.delete(id)
      invitations.set(invitation.id, invitation)
      storeMessages(tables, messages)
      return { outcome: 'issued' }
    }),

    find: method(request => findInvitation(records, request)),

    list: method(({ organizationId, now, afterId = '', limit }) =>
      invitationsTo(records, organizationId)
        .filter(invitation => isLive(invitation, now) && compareText(invitation.id, afterId) > 0)
        .sort((one, other) => compareText(one.id, other.id))
        .slice(0, limit),
    ),

    revoke: method(request => {
      const decision = decide(records, request, { kind: 'collaborate' })
      if (decision !== 'allowed') return { outcome: decision }
      const invitation = invitations.get(request.invitationId)
      if (invitation?.organizationId !== request.organizationId) return { outcome: 'unknownInvitation' }
      invitations.delete(invitation.id)
      return { outcome: 'revoked', invitation }
    }),

    decline: method(request => {
      const found = findInvitation(records, request)
      if (found === null) return { outcome: 'invalid' }
      invitations.delete(found.invitation.id)
      return { outcome: 'declined', ...found }
    }),

    accept: method(({ userId, asking, idleExpiresAt, maximumMembers, ...presented }) => {
      const { now } = presented
      const session = tables.sessions.get(asking.sessionId)
      const user = tables.users.get(userId) as UserRecord
      if (session?.userId !== userId || !isLive(session, asking.now)) return { outcome: 'sessionEnded' }
      const found = findInvitation(records, presented)
      if (found === null || found.invitation.email !== user.email) return { outcome: 'invalid' }
      const { invitation, organization } = found
      const key = memberKey({ organizationId: organization.id, userId })
      const present = memberships.get(key)
      if (present === undefined && membersOf(records, organization.id).length >= maximumMembers)
        return { outcome: 'full' }
      const joined = { organizationId: organization.id, userId, role: invitation.role, joinedAt: now }
      const membership = present ?? joined
      invitations.delete(invitation.id)
      memberships.set(key, membership)
      discardTokens(tables, userId, ['confirmEmail'])
      const current = { id: organization.id, role: membership.role }
      return {
        outcome: 'accepted',
        user: writeUser(tables, { ...user, emailConfirmedAt: user.emailConfirmedAt ?? now }),
        session: switchSession(tables, session, current, { idleExpiresAt, now }),
        organization,
        membership,
        isNewMember: present === undefined,
      }
    }),

    signUp: method(({ invitation: presented, maximumMembers, ...request }) => {
      const { id: userId, email, createdAt: joinedAt } = request.user
      const found = findInvitation(records, presented)
      if (found === null || found.invitation.email !== email) return { outcome: 'invalid' }
      const { id, organizationId, role } = found.invitation
      if (membersOf(records, organizationId).length >= maximumMembers) return { outcome: 'full' }
      const creation = createUserInMemory(tables, request, additionParts)
      if (creation.outcome !== 'created') return creation
      const membership = { organizationId, userId, role, joinedAt }
      invitations.delete(id)
      memberships.set(memberKey(membership), membership)
      return creation
    }),
  }
}
