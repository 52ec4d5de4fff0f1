import {
  type InvitationStore,
  type InvitationToOrganization,
  isInvitationLive,
  type OrganizationRecord,
  type PresentedInvitation,
} from 'fast-auth/storage'
import { switchSession } from './memberships.ts'
import { discardTokens } from './one-time-tokens.ts'
import { decide, findMembership, invitationsTo, membersOf, writeMembership } from './organization-records.ts'
import { storeMessages } from './outbox.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, isLive, type Tables } from './tables.ts'
import { createUser, writeUser } from './users.ts'

export function customInvitations(tables: Tables, method: DefineMethod): InvitationStore {
  function findLive({ hash, ...asked }: PresentedInvitation): InvitationToOrganization | null {
    const invitation = [...tables.invitations.values()].find(one => one.hash === hash)
    if (invitation === undefined) return null
    const { organizationId, invitedBy: userId } = invitation
    const inviter = findMembership(tables, { organizationId, userId })
    if (!isInvitationLive(invitation, inviter, asked)) return null
    return { invitation, organization: tables.organizations.get(organizationId) as OrganizationRecord }
  }

  const isFull = (organizationId: string, maximumMembers: number) =>
    membersOf(tables, organizationId).length >= maximumMembers

  return {
    issue: method(({ invitation, maximumMembers, actor, messages }, write) => {
      const { id, organizationId, role, email, createdAt } = invitation
      const decision = decide(tables, { organizationId, actor }, { kind: 'invite', role })
      if (decision !== 'allowed') return { outcome: decision }
      const stored = invitationsTo(tables, organizationId)
      const waiting = stored.filter(other => other.email !== email && isLive(other, createdAt))
      if (isFull(organizationId, maximumMembers - waiting.length)) return { outcome: 'full' }
      const replaced = stored.filter(other => other.email === email)
      const kept = [...tables.invitations.values()].filter(other => !replaced.includes(other))
      if (kept.some(other => other.hash === invitation.hash || other.id === id))
        throw new Error('Another invitation has this hash or this id')
      write(replaced.map((other): Change => ['invitations', other.id, null]))
      write([['invitations', id, invitation], ...storeMessages(messages)])
      return { outcome: 'issued' }
    }),

    find: method(request => findLive(request)),

    list: method(({ organizationId, now, afterId = '', limit }) =>
      invitationsTo(tables, organizationId)
        .filter(invitation => isLive(invitation, now) && compareText(invitation.id, afterId) > 0)
        .sort((one, other) => compareText(one.id, other.id))
        .slice(0, limit),
    ),

    revoke: method((request, write) => {
      const decision = decide(tables, request, { kind: 'collaborate' })
      if (decision !== 'allowed') return { outcome: decision }
      const invitation = tables.invitations.get(request.invitationId)
      if (invitation?.organizationId !== request.organizationId) return { outcome: 'unknownInvitation' }
      write([['invitations', invitation.id, null]])
      return { outcome: 'revoked', invitation }
    }),

    decline: method((request, write) => {
      const found = findLive(request)
      if (found === null) return { outcome: 'invalid' }
      write([['invitations', found.invitation.id, null]])
      return { outcome: 'declined', ...found }
    }),

    accept: method(({ userId, asking, idleExpiresAt, maximumMembers, ...presented }, write) => {
      const { now } = presented
      const stored = tables.sessions.get(asking.sessionId)
      const user = tables.users.get(userId)
      if (user === undefined || stored?.userId !== userId || !isLive(stored, asking.now))
        return { outcome: 'sessionEnded' }
      const found = findLive(presented)
      if (found?.invitation.email !== user.email) return { outcome: 'invalid' }
      const { invitation, organization } = found
      const { organizationId, role } = invitation
      const present = findMembership(tables, { organizationId, userId })
      if (present === null && isFull(organizationId, maximumMembers)) return { outcome: 'full' }
      const membership = present ?? { organizationId, userId, role, joinedAt: now }
      const confirmed = { ...user, emailConfirmedAt: user.emailConfirmedAt ?? now }
      const current = { id: organizationId, role: membership.role }
      const { session, changes } = switchSession(stored, current, { idleExpiresAt, now })
      write([['invitations', invitation.id, null], writeMembership(membership), writeUser(confirmed), ...changes])
      write(discardTokens(tables, userId, ['confirmEmail']))
      const isNewMember = present === null
      return { outcome: 'accepted', user: confirmed, session, organization, membership, isNewMember }
    }),

    signUp: method(({ invitation: presented, maximumMembers, ...request }, write) => {
      const { id: userId, email, createdAt: joinedAt } = request.user
      const found = findLive(presented)
      if (found?.invitation.email !== email) return { outcome: 'invalid' }
      const { id, organizationId, role } = found.invitation
      if (isFull(organizationId, maximumMembers)) return { outcome: 'full' }
      const { answer, changes } = createUser(tables, request)
      write(changes)
      if (answer.outcome === 'created')
        write([['invitations', id, null], writeMembership({ organizationId, userId, role, joinedAt })])
      return answer
    }),
  }
}
