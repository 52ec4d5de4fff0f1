import { actorOf } from './acting.js'
import type { OrganizationDependencies } from './dependencies.js'
import { type ChangeRequest, emitKeyEnds, endAccess, membershipChanged } from './membership-changed.js'
import { refusalOf } from './refusal-of.js'

export interface RemoveMember extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly organizationId: string
  readonly memberId: string
}

/**
 * Ends a membership: the user leaves, or removes a member. The member's access ends here immediately, and in other processes within
 * the interval of the feed.
 * @throws {OrganizationNotFoundError} @throws {RoleRequiredError} @throws {PersonalOrganizationError}
 * @throws {MemberNotFoundError} @throws {LastOwnerError} @throws {SessionRevokedError}
 */
export async function removeMember(
  dependencies: Pick<
    OrganizationDependencies,
    'emit' | 'forgetApiKeys' | 'hooks' | 'membershipStore' | 'organizationSettings' | 'revokedSessions'
  >,
  { organizationId, memberId, ...request }: RemoveMember,
): Promise<void> {
  const { userId, sessionId, now } = request
  const actor = actorOf(dependencies, request, 'admin', now)
  const ending = await dependencies.membershipStore.end({ organizationId, userId: memberId, actor, now })
  if (ending.outcome !== 'ended') throw refusalOf(dependencies, ending.outcome, sessionId)
  endAccess(dependencies, ending)
  emitKeyEnds(dependencies, { apiKeyIds: ending.apiKeyIds, userId: memberId }, request)
  const reason = memberId === userId ? 'member_left' : 'member_removed'
  await membershipChanged(dependencies, ending.membership, reason, request)
}
