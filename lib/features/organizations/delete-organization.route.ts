import { deleteOrganization as schema } from '../../../schemas/organizations/delete-organization.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { deleteOrganization } from './delete-organization.js'
import type { OrganizationRoute } from './dependencies.js'

export const deleteOrganizationRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  scope.delete('/organizations/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const organizationId = request.params.id.toLowerCase()
    const asked = { organizationId, userId, sessionId, client: requestOriginOf(request), now: clock() }
    await deleteOrganization(dependencies, { ...asked, proven: provenIn(request) })
    return reply.code(204).send(null)
  })
}
