import type { RoleSource } from '../../http/role-source.js'
import type { OrganizationDependencies } from './dependencies.js'
import { builtInRoles, suffices } from './roles.js'

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
