import { createOrganization as schema } from '../../../schemas/organizations/create-organization.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { publicOrganization } from './answer-organization.js'
import { createOrganization } from './create-organization.js'
import type { OrganizationRoute } from './dependencies.js'

export const createOrganizationRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  scope.post('/organizations', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const user = currentSession(request)
    const { id: userId, sessionId } = user
    const asked = { userId, sessionId, client: requestOriginOf(request), now: clock() }
    const created = await createOrganization(dependencies, { ...request.body, ...asked })
    reply.code(201)
    return publicOrganization(created, user)
  })
}
