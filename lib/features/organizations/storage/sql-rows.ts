import type { EpochMilliseconds, OneTimeTokenHash } from '../../../storage/records.js'
import type { InvitationRecord, MembershipRecord, OrganizationRecord } from '../port.js'

export interface OrganizationRow {
  id: string
  name: string
  kind: OrganizationRecord['kind']
  created_at: EpochMilliseconds
  /** The number of rows of its members. Changed under the lock of this row. */
  member_count: number
}

export interface MembershipRow {
  organization_id: string
  user_id: string
  role: string
  joined_at: EpochMilliseconds
}

export interface InvitationRow {
  organization_id: string
  id: string
  email: string
  role: string
  hash: OneTimeTokenHash
  invited_by: string
  created_at: EpochMilliseconds
  expires_at: EpochMilliseconds
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_organizations: OrganizationRow
    fast_auth_memberships: MembershipRow
    fast_auth_invitations: InvitationRow
  }
}

export function toOrganization(row: Omit<OrganizationRow, 'member_count'>): OrganizationRecord {
  return { id: row.id, name: row.name, kind: row.kind, createdAt: row.created_at }
}

export function fromMembership(membership: MembershipRecord): MembershipRow {
  return {
    organization_id: membership.organizationId,
    user_id: membership.userId,
    role: membership.role,
    joined_at: membership.joinedAt,
  }
}

export function toMembership(row: MembershipRow): MembershipRecord {
  return { organizationId: row.organization_id, userId: row.user_id, role: row.role, joinedAt: row.joined_at }
}

/** A row of an organisation joined to one of its records; prefixed, since the tables share column names. */
export type JoinedOrganizationRow = {
  [Column in Exclude<keyof OrganizationRow, 'member_count'> as `organization_${Column}`]: OrganizationRow[Column]
}

/** Columns to select from `fast_auth_organizations as organization`, joined to a table with an `organization_id`. */
export const organizationColumns = [
  'organization.id as organization_id',
  'organization.name as organization_name',
  'organization.kind as organization_kind',
  'organization.created_at as organization_created_at',
] as const

export function toJoinedOrganization(row: JoinedOrganizationRow): OrganizationRecord {
  return toOrganization({
    id: row.organization_id,
    name: row.organization_name,
    kind: row.organization_kind,
    created_at: row.organization_created_at,
  })
}

export function fromInvitation(invitation: InvitationRecord): InvitationRow {
  return {
    organization_id: invitation.organizationId,
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    hash: invitation.hash,
    invited_by: invitation.invitedBy,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
  }
}

export function toInvitation(row: InvitationRow): InvitationRecord {
  return {
    id: row.id,
    organizationId: row.organization_id,
    email: row.email,
    role: row.role,
    hash: row.hash,
    invitedBy: row.invited_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
