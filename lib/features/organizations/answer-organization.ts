import type { Invitation, Member, Organization } from '../../../schemas/organizations/index.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import type { AuthenticatedUser } from '../../http/authentication.js'
import type { InvitationRecord, OrganizationOfMember, Member as StoredMember } from './port.js'

/** Returns an organisation as its member sees it. */
export function publicOrganization(
  { organization: { id, name, kind }, membership: { role, joinedAt } }: OrganizationOfMember,
  { organization: current }: Pick<AuthenticatedUser, 'organization'>,
): Organization {
  return { id, name, kind, role, joinedAt: timestamp(joinedAt), current: current?.id === id }
}

export function publicMember({ membership: { userId, role, joinedAt }, user }: StoredMember): Member {
  const { email, username } = user
  return { userId, email, ...(username === null ? {} : { username }), role, joinedAt: timestamp(joinedAt) }
}

export function publicInvitation({ id, email, role, expiresAt }: InvitationRecord): Invitation {
  return { id, email, role, expiresAt: timestamp(expiresAt) }
}
