import type { MembershipRecord, OrganizationRecord, OrganizationStore } from 'fast-auth/storage'
import { endApiKeys } from './api-keys.ts'
import {
  changeOrganization,
  decide,
  findMembership,
  foundOrganization,
  invitationsTo,
  membersOf,
  organizationOf,
  removeMembership,
  writeOrganization,
} from './organization-records.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, idsOf, isAskedInTime, ofUser, type Tables } from './tables.ts'

export function customOrganizations(tables: Tables, method: DefineMethod): OrganizationStore {
  return {
    create: method(({ organization, userId, maximumOwned, asking }, write) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const owned = ofUser(tables.memberships, userId).filter(
        membership => membership.role === 'owner' && organizationOf(tables, membership).kind === 'shared',
      )
      if (owned.length >= maximumOwned) return { outcome: 'limitReached' }
      if (tables.organizations.has(organization.id)) throw new Error('Another organisation has this id')
      write(foundOrganization(organization, userId))
      return { outcome: 'created' }
    }),

    find: method(key => {
      const membership = findMembership(tables, key)
      return membership === null ? null : { organization: organizationOf(tables, membership), membership }
    }),

    list: method(({ userId, afterId = '', limit }) =>
      ofUser(tables.memberships, userId)
        .filter(({ organizationId }) => compareText(organizationId, afterId) > 0)
        .sort((one, other) => compareText(one.organizationId, other.organizationId))
        .slice(0, limit)
        .map(membership => ({ organization: organizationOf(tables, membership), membership })),
    ),

    rename: method((request, write) => {
      const decision = decide(tables, request, { kind: 'manage' })
      if (decision !== 'allowed') return { outcome: decision }
      const { organizationId, name, actor } = request
      const membership = findMembership(tables, { organizationId, userId: actor.userId }) as MembershipRecord
      const organization = { ...organizationOf(tables, membership), name }
      write([writeOrganization(organization)])
      return { outcome: 'renamed', organization, membership }
    }),

    delete: method((request, write) => {
      const decision = decide(tables, request, { kind: 'collaborate' })
      if (decision !== 'allowed') return { outcome: decision }
      const { organizationId, now } = request
      const organization = tables.organizations.get(organizationId) as OrganizationRecord
      const acting = [...tables.sessions.values()].filter(session => session.organization?.id === organizationId)
      const apiKeys = [...tables.apiKeys.values()].filter(apiKey => apiKey.organizationId === organizationId)
      const { endedGenerations, changes } = changeOrganization(acting, null, now)
      write([...changes, ...endApiKeys(apiKeys, now)])
      write(membersOf(tables, organizationId).flatMap(membership => removeMembership(tables, membership)))
      write(invitationsTo(tables, organizationId).map(({ id }): Change => ['invitations', id, null]))
      write([['organizations', organizationId, null]])
      return { outcome: 'deleted', organization, endedGenerations, apiKeyIds: idsOf(apiKeys) }
    }),
  }
}
