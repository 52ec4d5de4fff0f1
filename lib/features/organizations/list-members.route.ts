import { listMembers as schema } from '../../../schemas/organizations/list-members.js'
import { currentUser } from '../../http/guards.js'
import { organizationOf } from './acting.js'
import { publicMember } from './answer-organization.js'
import type { OrganizationRoute } from './dependencies.js'
import { defaultPageSize, pageOf } from './next-page.js'

export const listMembersRoute: OrganizationRoute = (scope, { dependencies, guards }) => {
  const { membershipStore, organizationSettings } = dependencies
  scope.get('/organizations/:id/members', { schema, onRequest: guards.authenticate }, async request => {
    const organizationId = request.params.id.toLowerCase()
    const { limit = defaultPageSize, after } = request.query
    const { memberList: atLeast } = organizationSettings
    await organizationOf(dependencies, currentUser(request), { organizationId, atLeast })
    const from = after === undefined ? {} : { afterUserId: after.toLowerCase() }
    const members = await membershipStore.list({ organizationId, ...from, limit: limit + 1 })
    const { items, next } = pageOf(members, limit, ({ membership }) => membership.userId)
    return { items: items.map(publicMember), next }
  })
}
