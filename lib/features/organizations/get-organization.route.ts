import { getOrganization as schema } from '../../../schemas/organizations/get-organization.js'
import { currentUser } from '../../http/guards.js'
import { organizationOf } from './acting.js'
import { publicOrganization } from './answer-organization.js'
import type { OrganizationRoute } from './dependencies.js'

export const getOrganizationRoute: OrganizationRoute = (scope, { dependencies, guards }) => {
  scope.get('/organizations/:id', { schema, onRequest: guards.authenticate }, async request => {
    const user = currentUser(request)
    const organizationId = request.params.id.toLowerCase()
    const found = await organizationOf(dependencies, user, { organizationId, atLeast: 'member' })
    return publicOrganization(found, user)
  })
}
