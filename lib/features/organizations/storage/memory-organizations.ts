import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import { isAskedInTime, ofUser } from '../../../storage/memory/memory-tables.js'
import type { MembershipRecord, OrganizationRecord, OrganizationStore } from '../port.js'
import { addOrganization, decide, memberKey, type OrganizationTables, removeOrganization } from './memory-records.js'

export function memoryOrganizationStore(records: OrganizationTables, method: DefineMethod): OrganizationStore {
  const { tables, organizations, memberships } = records
  const organizationOf = ({ organizationId }: MembershipRecord) =>
    organizations.get(organizationId) as OrganizationRecord
  const isShared = (membership: MembershipRecord) => organizationOf(membership).kind === 'shared'

  return {
    create: method(({ organization, userId, maximumOwned, asking }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const owned = ofUser(memberships, userId).filter(
        membership => membership.role === 'owner' && isShared(membership),
      )
      if (owned.length >= maximumOwned) return { outcome: 'limitReached' }
      if (organizations.has(organization.id)) throw new Error('Another organisation has this id')
      addOrganization(records, organization, userId)
      return { outcome: 'created' }
    }),

    find: method(key => {
      const membership = memberships.get(memberKey(key))
      return membership === undefined ? null : { organization: organizationOf(membership), membership }
    }),

    list: method(({ userId, afterId = '', limit }) =>
      ofUser(memberships, userId)
        .filter(({ organizationId }) => compareText(organizationId, afterId) > 0)
        .sort((one, other) => compareText(one.organizationId, other.organizationId))
        .slice(0, limit)
        .map(membership => ({ organization: organizationOf(membership), membership })),
    ),

    rename: method(request => {
      const decision = decide(records, request, { kind: 'manage' })
      if (decision !== 'allowed') return { outcome: decision }
      const { organizationId, name, actor } = request
      const renamed = { ...(organizations.get(organizationId) as OrganizationRecord), name }
      organizations.set(organizationId, renamed)
      const key = memberKey({ organizationId, userId: actor.userId })
      return { outcome: 'renamed', organization: renamed, membership: memberships.get(key) as MembershipRecord }
    }),

    delete: method(request => {
      const decision = decide(records, request, { kind: 'collaborate' })
      if (decision !== 'allowed') return { outcome: decision }
      const organization = organizations.get(request.organizationId) as OrganizationRecord
      return { outcome: 'deleted', organization, ...removeOrganization(records, organization, request.now) }
    }),
  }
}
