import { revokeInvitation as schema } from '../../../schemas/organizations/revoke-invitation.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { OrganizationRoute } from './dependencies.js'
import { revokeInvitation } from './revoke-invitation.js'

export const revokeInvitationRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  const options = { schema, onRequest: guards.requireSession }
  scope.delete('/organizations/:id/invitations/:invitationId', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { id, invitationId: named } = request.params
    const [organizationId, invitationId] = [id.toLowerCase(), named.toLowerCase()]
    const client = requestOriginOf(request)
    await revokeInvitation(dependencies, { organizationId, invitationId, userId, sessionId, client, now: clock() })
    return reply.code(204).send(null)
  })
}
