import { actorOf } from './acting.js'
import type { OrganizationDependencies } from './dependencies.js'
import { InvitationNotFoundError } from './errors.js'
import type { ChangeRequest } from './membership-changed.js'
import { invitationChanged } from './organization-changed.js'
import { refusalOf } from './refusal-of.js'

export interface RevokeInvitation extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly organizationId: string
  readonly invitationId: string
}

/**
 * Withdraws an invitation: its link is no longer accepted.
 * @throws {OrganizationNotFoundError} @throws {RoleRequiredError} @throws {PersonalOrganizationError}
 * @throws {InvitationNotFoundError} @throws {SessionRevokedError}
 */
export async function revokeInvitation(
  dependencies: Pick<
    OrganizationDependencies,
    'emit' | 'hooks' | 'invitationStore' | 'organizationSettings' | 'revokedSessions'
  >,
  { organizationId, invitationId, ...request }: RevokeInvitation,
): Promise<void> {
  const actor = actorOf(dependencies, request, 'admin', request.now)
  const revocation = await dependencies.invitationStore.revoke({ organizationId, invitationId, actor })
  if (revocation.outcome === 'unknownInvitation') throw new InvitationNotFoundError()
  if (revocation.outcome !== 'revoked') throw refusalOf(dependencies, revocation.outcome, request.sessionId)
  await invitationChanged(dependencies, revocation.invitation, 'invitation_revoked', request)
}
