import { removeMember as schema } from '../../../schemas/organizations/remove-member.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { OrganizationRoute } from './dependencies.js'
import { removeMember } from './remove-member.js'

export const removeMemberRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  const options = { schema, onRequest: guards.requireSession }
  scope.delete('/organizations/:id/members/:userId', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const [organizationId, memberId] = [request.params.id.toLowerCase(), request.params.userId.toLowerCase()]
    const client = requestOriginOf(request)
    await removeMember(dependencies, { organizationId, memberId, userId, sessionId, client, now: clock() })
    return reply.code(204).send(null)
  })
}
