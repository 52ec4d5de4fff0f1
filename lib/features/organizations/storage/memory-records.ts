import type { MemoryMembershipFollowUp } from '../../../storage/memory/memory-part.js'
import { changeOrganization, isAskedInTime, type MemoryTables, ofUser } from '../../../storage/memory/memory-tables.js'
import type { EndedGeneration, EpochMilliseconds, UserRecord } from '../../../storage/records.js'
import { decideMembership, type Intention, type MembershipDecision } from '../decide-membership.js'
import type { Actor, InvitationRecord, MembershipRecord, OrganizationRecord } from '../port.js'

/** The records of organisations, and what other features do when a membership changes. */
export interface OrganizationTables {
  readonly tables: MemoryTables
  readonly organizations: Map<string, OrganizationRecord>
  /** By `memberKey`. */
  readonly memberships: Map<string, MembershipRecord>
  readonly invitations: Map<string, InvitationRecord>
  readonly followUps: readonly MemoryMembershipFollowUp[]
}

export const memberKey = ({ organizationId, userId }: Pick<MembershipRecord, 'organizationId' | 'userId'>) =>
  `${organizationId} ${userId}`

/** Stores an organisation with its first owner, who joins at its `createdAt`. */
export function addOrganization(
  { organizations, memberships }: OrganizationTables,
  organization: OrganizationRecord,
  userId: string,
): void {
  const { id: organizationId, createdAt: joinedAt } = organization
  const membership = { organizationId, userId, role: 'owner', joinedAt }
  organizations.set(organizationId, organization)
  memberships.set(memberKey(membership), membership)
}

export function membersOf({ memberships }: OrganizationTables, organizationId: string): MembershipRecord[] {
  return [...memberships.values()].filter(membership => membership.organizationId === organizationId)
}

export function invitationsTo({ invitations }: OrganizationTables, organizationId: string): InvitationRecord[] {
  return [...invitations.values()].filter(invitation => invitation.organizationId === organizationId)
}

/** Returns whether a user other than this one is an owner. */
export function hasOtherOwner(records: OrganizationTables, organizationId: string, userId: string): boolean {
  return membersOf(records, organizationId).some(member => member.role === 'owner' && member.userId !== userId)
}

/** Decides whether the actor may do what they want. */
export function decide<Wanted extends Intention>(
  records: OrganizationTables,
  { organizationId, actor }: { readonly organizationId: string; readonly actor: Actor },
  intention: Wanted,
): MembershipDecision<Wanted['kind']> | 'sessionEnded' {
  const { userId, asking } = actor
  if (!isAskedInTime(records.tables, userId, asking)) return 'sessionEnded'
  const organization = records.organizations.get(organizationId) ?? null
  const acting = records.memberships.get(memberKey({ organizationId, userId })) ?? null
  return decideMembership({ organization, acting, actor, intention })
}

/** Lets the sessions of a member that act in the organisation have another role, or act in none (`null`). */
export function changeSessionsOf(
  { tables }: OrganizationTables,
  { organizationId, userId }: Pick<MembershipRecord, 'organizationId' | 'userId'>,
  role: string | null,
  now: EpochMilliseconds,
): EndedGeneration[] {
  const acting = ofUser(tables.sessions, userId).filter(session => session.organization?.id === organizationId)
  return changeOrganization(tables, acting, role === null ? null : { id: organizationId, role }, now)
}

/** Removes the invitation of the organisation to the address of a member. The record of the user is still stored. */
export function removeInvitationTo(records: OrganizationTables, { organizationId, userId }: MembershipRecord): void {
  const { email } = records.tables.users.get(userId) as UserRecord
  for (const invitation of invitationsTo(records, organizationId))
    if (invitation.email === email) records.invitations.delete(invitation.id)
}

/** Removes a membership, with the invitations that its user has sent, and the one to them. */
export function removeMembership(records: OrganizationTables, membership: MembershipRecord): void {
  records.memberships.delete(memberKey(membership))
  for (const { id, invitedBy } of invitationsTo(records, membership.organizationId))
    if (invitedBy === membership.userId) records.invitations.delete(id)
  removeInvitationTo(records, membership)
}

/** Removes an organisation with everything that belongs to it. */
export function removeOrganization(
  records: OrganizationTables,
  { id: organizationId }: OrganizationRecord,
  now: EpochMilliseconds,
) {
  const { tables, followUps } = records
  const acting = [...tables.sessions.values()].filter(session => session.organization?.id === organizationId)
  const endedGenerations = changeOrganization(tables, acting, null, now)
  for (const membership of membersOf(records, organizationId)) records.memberships.delete(memberKey(membership))
  for (const { id } of invitationsTo(records, organizationId)) records.invitations.delete(id)
  const apiKeyIds = followUps.flatMap(followUp => followUp.organizationDeleted(tables, { organizationId, now }))
  records.organizations.delete(organizationId)
  return { endedGenerations, apiKeyIds }
}
