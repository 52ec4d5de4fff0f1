import type { OrganizationOptions } from '../../features/organizations/options.js'
import { builtInRoles } from '../../features/organizations/roles.js'

/** A role in organisations, for the script of the page. */
export interface NamedRole {
  readonly name: string
  /** Whether it may manage members and invitations. */
  readonly isManager: boolean
}

/** Returns the roles in organisations; none if there are no organisations. */
export function namedRoles(organizations: OrganizationOptions | undefined): readonly NamedRole[] {
  if (organizations === undefined) return []
  const { roles = {} } = organizations
  return [
    ...builtInRoles.map(name => ({ name, isManager: name !== 'member' })),
    ...Object.entries(roles).map(([name, { like }]) => ({ name, isManager: like === 'admin' })),
  ]
}
