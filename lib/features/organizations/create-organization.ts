import { randomUUID } from 'node:crypto'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { acceptedOrganizationName } from './accepted-organization-name.js'
import type { OrganizationDependencies } from './dependencies.js'
import { OrganizationLimitReachedError } from './errors.js'
import type { ChangeRequest } from './membership-changed.js'
import { organizationChanged } from './organization-changed.js'
import type { OrganizationOfMember } from './port.js'

export interface CreateOrganization extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly name: string
}

/**
 * Creates an organisation, whose owner the user becomes.
 * @throws {ValidationError} @throws {OrganizationLimitReachedError} @throws {SessionRevokedError}
 */
export async function createOrganization(
  dependencies: Pick<
    OrganizationDependencies,
    'emit' | 'hooks' | 'organizationSettings' | 'organizationStore' | 'revokedSessions'
  >,
  { name: typed, ...request }: CreateOrganization,
): Promise<OrganizationOfMember> {
  const { userId, sessionId, now } = request
  const organization = {
    id: randomUUID(),
    name: acceptedOrganizationName(typed),
    kind: 'shared',
    createdAt: now,
  } as const
  const { maximumOwned } = dependencies.organizationSettings
  const asking = { sessionId, now }
  const { outcome } = await dependencies.organizationStore.create({ organization, userId, maximumOwned, asking })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'limitReached') throw new OrganizationLimitReachedError()
  await organizationChanged(dependencies, organization, 'organization_created', request)
  return { organization, membership: { organizationId: organization.id, userId, role: 'owner', joinedAt: now } }
}
