import { acceptedOrganizationName } from './accepted-organization-name.js'
import { actorOf } from './acting.js'
import type { OrganizationDependencies } from './dependencies.js'
import type { ChangeRequest } from './membership-changed.js'
import { organizationChanged } from './organization-changed.js'
import type { OrganizationOfMember } from './port.js'
import { refusalOf } from './refusal-of.js'

export interface UpdateOrganization extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly organizationId: string
  readonly name: string
}

/**
 * Renames an organisation.
 * @throws {ValidationError} @throws {OrganizationNotFoundError} @throws {RoleRequiredError} @throws {SessionRevokedError}
 */
export async function updateOrganization(
  dependencies: Pick<
    OrganizationDependencies,
    'emit' | 'hooks' | 'organizationSettings' | 'organizationStore' | 'revokedSessions'
  >,
  { organizationId, name: typed, ...request }: UpdateOrganization,
): Promise<OrganizationOfMember> {
  const name = acceptedOrganizationName(typed)
  const actor = actorOf(dependencies, request, 'admin', request.now)
  const renaming = await dependencies.organizationStore.rename({ organizationId, name, actor })
  if (renaming.outcome !== 'renamed') throw refusalOf(dependencies, renaming.outcome, request.sessionId)
  const { organization, membership } = renaming
  await organizationChanged(dependencies, organization, 'organization_renamed', request)
  return { organization, membership }
}
