import { listOrganizations as schema } from '../../../schemas/organizations/list-organizations.js'
import { currentUser } from '../../http/guards.js'
import { publicOrganization } from './answer-organization.js'
import type { OrganizationRoute } from './dependencies.js'
import { defaultPageSize, pageOf } from './next-page.js'
import type { OrganizationOfMember } from './port.js'

export const listOrganizationsRoute: OrganizationRoute = (scope, { dependencies, guards }) => {
  const { organizationStore } = dependencies
  scope.get('/organizations', { schema, onRequest: guards.authenticate }, async request => {
    const user = currentUser(request)
    const { id: userId, organization } = user
    const { limit = defaultPageSize, after } = request.query
    async function found(): Promise<readonly OrganizationOfMember[]> {
      if (user.via === 'apiKey' && organization) {
        const own = await organizationStore.find({ organizationId: organization.id, userId })
        return own === null ? [] : [own]
      }
      const from = after === undefined ? {} : { afterId: after.toLowerCase() }
      return organizationStore.list({ userId, ...from, limit: limit + 1 })
    }
    const { items, next } = pageOf(await found(), limit, one => one.organization.id)
    return { items: items.map(one => publicOrganization(one, user)), next }
  })
}
