import { ValidationError } from '../../errors/index.js'
import type { OrganizationDependencies } from './dependencies.js'
import { builtInRoles } from './roles.js'

/** Returns a role that a client gives. @throws {ValidationError} names the field `role` and the roles. */
export function acceptedRole(
  { organizationSettings: { ownRoles } }: Pick<OrganizationDependencies, 'organizationSettings'>,
  role: string,
): string {
  const roles = [...builtInRoles, ...Object.keys(ownRoles)]
  if (roles.includes(role)) return role
  throw new ValidationError('role', 'enum', `must be one of ${roles.join(', ')}`)
}
