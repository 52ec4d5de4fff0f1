import { OptionInvalidError } from '../../errors/index.js'
import type { OrganizationSettings } from '../../features/organizations/options.js'
import type { OwnRoles } from '../../features/organizations/roles.js'
import type { FastAuthOptions } from './options-schema.js'

const week = 604_800

/**
 * Returns the settings of organisations; `null` without the option.
 * @throws {OptionInvalidError} There is no sender for invitations.
 */
export function resolveOrganizations({
  organizations,
  email,
}: Pick<FastAuthOptions, 'organizations' | 'email'>): OrganizationSettings | null {
  if (organizations === undefined) return null
  if (email === undefined)
    throw new OptionInvalidError('The option "organizations" of fast-auth needs the option "email"')
  const { roles = {}, personal = false, memberList = 'admin' } = organizations
  const { maximumOwned = 100, maximumMembers = 1000, invitationLifetimeSeconds = week } = organizations
  const ownRoles: OwnRoles = Object.fromEntries(Object.entries(roles).map(([role, { like }]) => [role, like]))
  return { ownRoles, personal, memberList, maximumOwned, maximumMembers, invitationLifetimeSeconds }
}
