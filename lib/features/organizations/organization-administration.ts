import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type {
  MemberRoleChanging,
  OrganizationAdministration,
  OrganizationDeleting,
} from '../organization-administration.js'
import { acceptedRole } from './accepted-role.js'
import type { OrganizationDependencies } from './dependencies.js'
import { type ChangeRequest, emitKeyEnds, endAccess, membershipChanged } from './membership-changed.js'
import { organizationChanged } from './organization-changed.js'
import type { BuiltInRole } from './roles.js'

const changedBy = (userId: string, now: EpochMilliseconds): ChangeRequest => ({
  userId,
  sessionId: null,
  client: noRequestOrigin,
  now,
})

/** Creates the functions. They act without a session, so no outcome is `sessionEnded`. */
export function createOrganizationAdministration(
  dependencies: Pick<
    OrganizationDependencies,
    | 'emit'
    | 'forgetApiKeys'
    | 'hooks'
    | 'membershipStore'
    | 'organizationSettings'
    | 'organizationStore'
    | 'revokedSessions'
  >,
): OrganizationAdministration {
  const { membershipStore, organizationStore, organizationSettings } = dependencies
  const { ownRoles } = organizationSettings
  const atLeast: BuiltInRole = 'owner'

  return {
    async deleteOrganization({ organizationId, ownerId }, now) {
      const actor = { userId: ownerId, atLeast, ownRoles }
      const deletion = await organizationStore.delete({ organizationId, actor, now })
      if (deletion.outcome !== 'deleted') return deletion as OrganizationDeleting
      const request = changedBy(ownerId, now)
      endAccess(dependencies, deletion)
      emitKeyEnds(dependencies, { apiKeyIds: deletion.apiKeyIds, userId: null }, request)
      await organizationChanged(dependencies, deletion.organization, 'organization_deleted', request)
      return { outcome: 'deleted' }
    },

    async changeMemberRole({ organizationId, ownerId, userId, role: given }, now) {
      const role = acceptedRole(dependencies, given)
      const actor = { userId: ownerId, atLeast, ownRoles }
      const change = await membershipStore.changeRole({ organizationId, userId, role, actor, now })
      if (change.outcome !== 'changed') return change as MemberRoleChanging
      const { membership } = change.member
      endAccess(dependencies, change)
      await membershipChanged(dependencies, membership, 'role_changed', changedBy(ownerId, now))
      return { outcome: 'changed', membership }
    },
  }
}
