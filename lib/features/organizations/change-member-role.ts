import { acceptedRole } from './accepted-role.js'
import { actorOf } from './acting.js'
import type { OrganizationDependencies } from './dependencies.js'
import { type ChangeRequest, endAccess, membershipChanged } from './membership-changed.js'
import type { Member } from './port.js'
import { refusalOf } from './refusal-of.js'

export interface ChangeMemberRole extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly organizationId: string
  readonly memberId: string
  readonly role: string
}

/**
 * Changes the role of a member. Access tokens and API keys with the former role end here immediately, and in other processes within
 * the interval of the feed.
 * @throws {ValidationError} @throws {OrganizationNotFoundError} @throws {RoleRequiredError} @throws {PersonalOrganizationError}
 * @throws {MemberNotFoundError} @throws {LastOwnerError} @throws {SessionRevokedError}
 */
export async function changeMemberRole(
  dependencies: Pick<
    OrganizationDependencies,
    'emit' | 'forgetApiKeys' | 'hooks' | 'membershipStore' | 'organizationSettings' | 'revokedSessions'
  >,
  { organizationId, memberId, role: typed, ...request }: ChangeMemberRole,
): Promise<Member> {
  const role = acceptedRole(dependencies, typed)
  const { sessionId, now } = request
  const actor = actorOf(dependencies, request, 'owner', now)
  const change = await dependencies.membershipStore.changeRole({ organizationId, userId: memberId, role, actor, now })
  if (change.outcome !== 'changed') throw refusalOf(dependencies, change.outcome, sessionId)
  endAccess(dependencies, change)
  await membershipChanged(dependencies, change.member.membership, 'role_changed', request)
  return change.member
}
