import type { RoleSource } from '../../http/role-source.js'
import type { OrganizationDependencies } from './dependencies.js'
import { builtInRoles, isAtLeast, likeOf, type OwnRoles } from './roles.js'

/**
 * Returns whether a guard that requires a role accepts another one. A built-in role accepts every role that is like it or higher. An own
 * role accepts itself and higher ones only: a plain member does not pass a guard that requires `billing`, which is like `member`.
 */
function suffices(role: string, required: string, ownRoles: OwnRoles): boolean {
  if (role === required) return true
  return likeOf(required, ownRoles) === required
    ? isAtLeast(role, required, ownRoles)
    : !isAtLeast(required, role, ownRoles)
}

/** Determines the roles of users for the guards `requireOrganization` and `requireRole`. */
export function createRoleSource({
  organizationStore,
  organizationSettings: { ownRoles },
}: Pick<OrganizationDependencies, 'organizationStore' | 'organizationSettings'>): RoleSource {
  return {
    roles: [...builtInRoles, ...Object.keys(ownRoles)],
    suffices: (role, required) => suffices(role, required, ownRoles),
    async roleIn(organizationId, userId) {
      const found = await organizationStore.find({ organizationId, userId })
      return found?.membership.role ?? null
    },
  }
}
