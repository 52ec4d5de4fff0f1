import {
  type Actor,
  type CreateUser,
  type CurrentOrganization,
  decideMembership,
  type EndedGeneration,
  type EpochMilliseconds,
  type Intention,
  type InvitationRecord,
  type MembershipDecision,
  type MembershipRecord,
  type OrganizationRecord,
  type SessionRecord,
} from 'fast-auth/storage'
import { type Change, isAskedInTime, ofUser, revoke, type Tables } from './tables.ts'

type MembershipKey = Pick<MembershipRecord, 'organizationId' | 'userId'>

/** Neither id contains a space. */
const memberKey = ({ organizationId, userId }: MembershipKey) => `${organizationId} ${userId}`

export function findMembership({ memberships }: Tables, key: MembershipKey): MembershipRecord | null {
  return memberships.get(memberKey(key)) ?? null
}

export function membersOf({ memberships }: Tables, organizationId: string): MembershipRecord[] {
  return [...memberships.values()].filter(membership => membership.organizationId === organizationId)
}

export function invitationsTo({ invitations }: Tables, organizationId: string): InvitationRecord[] {
  return [...invitations.values()].filter(invitation => invitation.organizationId === organizationId)
}

/** Returns the organisation of a stored membership. */
export function organizationOf({ organizations }: Tables, { organizationId }: MembershipRecord): OrganizationRecord {
  return organizations.get(organizationId) as OrganizationRecord
}

export function hasOtherOwner(tables: Tables, { organizationId, userId }: MembershipKey): boolean {
  return membersOf(tables, organizationId).some(member => member.role === 'owner' && member.userId !== userId)
}

/** Decides within the step what an actor may do, with the records as stored at that moment. */
export function decide<Wanted extends Intention>(
  tables: Tables,
  { organizationId, actor }: { readonly organizationId: string; readonly actor: Actor },
  intention: Wanted,
): MembershipDecision<Wanted['kind']> | 'sessionEnded' {
  const { userId, asking } = actor
  if (!isAskedInTime(tables, userId, asking)) return 'sessionEnded'
  const organization = tables.organizations.get(organizationId) ?? null
  return decideMembership({
    organization,
    acting: findMembership(tables, { organizationId, userId }),
    actor,
    intention,
  })
}

export function writeOrganization(organization: OrganizationRecord): Change {
  return ['organizations', organization.id, organization]
}

export function writeMembership(membership: MembershipRecord): Change {
  return ['memberships', memberKey(membership), membership]
}

/** Stores an organisation with its first owner. */
export function foundOrganization(organization: OrganizationRecord, userId: string): readonly Change[] {
  const { id: organizationId, createdAt: joinedAt } = organization
  return [writeOrganization(organization), writeMembership({ organizationId, userId, role: 'owner', joinedAt })]
}

/** Stores the personal organisation of a new user, if the request has one. */
export function writePersonalOrganization({ user, additions = {} }: CreateUser): readonly Change[] {
  const { personalOrganization } = additions
  return personalOrganization === undefined ? [] : foundOrganization(personalOrganization, user.id)
}

/** Removes the invitation of the organisation to the address of a member, who could return by it. */
export function removeInvitationTo(tables: Tables, { organizationId, userId }: MembershipRecord): readonly Change[] {
  const email = tables.users.get(userId)?.email
  const own = invitationsTo(tables, organizationId).filter(invitation => invitation.email === email)
  return own.map(({ id }): Change => ['invitations', id, null])
}

/** Removes a membership, with the invitations that its user has sent, and the one to its user. */
export function removeMembership(tables: Tables, membership: MembershipRecord): readonly Change[] {
  const { organizationId, userId } = membership
  const sent = invitationsTo(tables, organizationId).filter(({ invitedBy }) => invitedBy === userId)
  return [
    ['memberships', memberKey(membership), null],
    ...sent.map(({ id }): Change => ['invitations', id, null]),
    ...removeInvitationTo(tables, membership),
  ]
}

/** Removes the invitations that a user has sent. */
export function removeInvitationsBy({ invitations }: Tables, userId: string): readonly Change[] {
  const sent = [...invitations.values()].filter(({ invitedBy }) => invitedBy === userId)
  return sent.map(({ id }): Change => ['invitations', id, null])
}

/** Returns the shared organisations that would lose their last owner with the user. */
export function orphanedBy(tables: Tables, userId: string): readonly string[] {
  return ofUser(tables.memberships, userId)
    .filter(membership => membership.role === 'owner' && organizationOf(tables, membership).kind === 'shared')
    .filter(membership => !hasOtherOwner(tables, membership))
    .map(({ organizationId }) => organizationId)
}

/** Removes the memberships of a user who is being deleted, and the personal organisation. */
export function removeMembershipsOf(tables: Tables, userId: string): readonly Change[] {
  return ofUser(tables.memberships, userId).flatMap((membership): readonly Change[] => {
    const { id, kind } = organizationOf(tables, membership)
    const changes = removeMembership(tables, membership)
    return kind === 'personal' ? [...changes, ['organizations', id, null]] : changes
  })
}

/** Ends the access tokens of the present generation of a session. */
export function endGeneration({ id, generation }: SessionRecord, now: EpochMilliseconds): Change {
  return revoke({ kind: 'generation', id, generation, revokedAt: now })
}

/** Lets sessions act in an organisation with a role, or in none. Their access tokens name the former role, and end. */
export function changeOrganization(
  sessions: readonly SessionRecord[],
  organization: CurrentOrganization | null,
  now: EpochMilliseconds,
): { readonly endedGenerations: readonly EndedGeneration[]; readonly changes: readonly Change[] } {
  return {
    endedGenerations: sessions.map(({ id, generation }) => ({ sessionId: id, generation })),
    changes: sessions.flatMap((session): readonly Change[] => [
      ['sessions', session.id, { ...session, organization }],
      endGeneration(session, now),
    ]),
  }
}
