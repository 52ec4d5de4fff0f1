import { OrganizationNotFoundError, RoleRequiredError } from '../../errors/index.js'
import type { AuthenticatedUser } from '../../http/authentication.js'
import type { OrganizationDependencies } from './dependencies.js'
import type { Actor, OrganizationOfMember } from './port.js'
import { type BuiltInRole, isAtLeast } from './roles.js'

/** Returns the user of a session who wants to change something that needs this role. */
export function actorOf(
  { organizationSettings: { ownRoles } }: Pick<OrganizationDependencies, 'organizationSettings'>,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
  atLeast: BuiltInRole,
  now: number,
): Actor {
  return { userId, atLeast, ownRoles, asking: { sessionId, now } }
}

/** Returns whether a credential sees an organisation: an API key of an organisation sees no other. */
function isVisible(user: AuthenticatedUser, organizationId: string): boolean {
  const { organization = null } = user
  return user.via === 'session' || organization === null || organization.id === organizationId
}

/**
 * Returns an organisation of a user, for operations that change nothing.
 * @throws {OrganizationNotFoundError} @throws {RoleRequiredError}
 */
export async function organizationOf(
  {
    organizationStore,
    organizationSettings: { ownRoles },
  }: Pick<OrganizationDependencies, 'organizationStore' | 'organizationSettings'>,
  user: AuthenticatedUser,
  { organizationId, atLeast }: { readonly organizationId: string; readonly atLeast: BuiltInRole },
): Promise<OrganizationOfMember> {
  if (!isVisible(user, organizationId)) throw new OrganizationNotFoundError()
  const found = await organizationStore.find({ organizationId, userId: user.id })
  if (found === null) throw new OrganizationNotFoundError()
  if (!isAtLeast(found.membership.role, atLeast, ownRoles)) throw new RoleRequiredError()
  return found
}
