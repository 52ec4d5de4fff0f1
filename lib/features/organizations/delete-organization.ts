import type { Proven } from '../../http/guard.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { actorOf } from './acting.js'
import type { OrganizationDependencies } from './dependencies.js'
import { type ChangeRequest, emitKeyEnds, endAccess } from './membership-changed.js'
import { organizationChanged } from './organization-changed.js'
import { refusalOf } from './refusal-of.js'

export interface DeleteOrganization extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly organizationId: string
  readonly proven: Proven
}

/**
 * Deletes an organisation with its memberships, invitations and API keys.
 * @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError} @throws {OrganizationNotFoundError}
 * @throws {RoleRequiredError} @throws {PersonalOrganizationError} @throws {SessionRevokedError}
 */
export async function deleteOrganization(
  dependencies: Pick<
    OrganizationDependencies,
    | 'emit'
    | 'forgetApiKeys'
    | 'hooks'
    | 'limits'
    | 'organizationSettings'
    | 'organizationStore'
    | 'passwords'
    | 'proofSources'
    | 'revokedSessions'
    | 'storage'
  >,
  { organizationId, proven, ...request }: DeleteOrganization,
): Promise<void> {
  const { sessionId, now } = request
  await proveRecently(dependencies, { ...request, password: undefined, proven })
  const actor = actorOf(dependencies, request, 'owner', now)
  const deletion = await dependencies.organizationStore.delete({ organizationId, actor, now })
  if (deletion.outcome !== 'deleted') throw refusalOf(dependencies, deletion.outcome, sessionId)
  endAccess(dependencies, deletion)
  emitKeyEnds(dependencies, { apiKeyIds: deletion.apiKeyIds, userId: null }, request)
  await organizationChanged(dependencies, deletion.organization, 'organization_deleted', request)
}
