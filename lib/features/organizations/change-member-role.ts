import type { Proven } from '../../http/guard.js'
import { proveRecently } from '../passwords/prove-recently.js'
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
  readonly proven: Proven
}

/**
 * Changes the role of a member. Access tokens and API keys with the former role end here immediately, and in other processes within
 * the interval of the feed. A new owner may delete the organisation, so this needs the same proof as a deletion.
 * @throws {ValidationError} @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError}
 * @throws {OrganizationNotFoundError} @throws {RoleRequiredError} @throws {PersonalOrganizationError}
 * @throws {MemberNotFoundError} @throws {LastOwnerError} @throws {SessionRevokedError}
 */
export async function changeMemberRole(
  dependencies: Pick<
    OrganizationDependencies,
    | 'emit'
    | 'forgetApiKeys'
    | 'hooks'
    | 'limits'
    | 'membershipStore'
    | 'organizationSettings'
    | 'passwords'
    | 'proofSources'
    | 'revokedSessions'
    | 'storage'
  >,
  { organizationId, memberId, role: typed, proven, ...request }: ChangeMemberRole,
): Promise<Member> {
  const role = acceptedRole(dependencies, typed)
  const { sessionId, now } = request
  if (role === 'owner') await proveRecently(dependencies, { ...request, password: undefined, proven })
  const actor = actorOf(dependencies, request, 'owner', now)
  const change = await dependencies.membershipStore.changeRole({ organizationId, userId: memberId, role, actor, now })
  if (change.outcome !== 'changed') throw refusalOf(dependencies, change.outcome, sessionId)
  endAccess(dependencies, change)
  await membershipChanged(dependencies, change.member.membership, 'role_changed', request)
  return change.member
}
