import { updateOrganization as schema } from '../../../schemas/organizations/update-organization.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { publicOrganization } from './answer-organization.js'
import type { OrganizationRoute } from './dependencies.js'
import { updateOrganization } from './update-organization.js'

export const updateOrganizationRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  scope.patch('/organizations/:id', { schema, onRequest: guards.requireSession }, async request => {
    const user = currentSession(request)
    const { id: userId, sessionId } = user
    const organizationId = request.params.id.toLowerCase()
    const asked = { organizationId, userId, sessionId, client: requestOriginOf(request), now: clock() }
    return publicOrganization(await updateOrganization(dependencies, { ...request.body, ...asked }), user)
  })
}
