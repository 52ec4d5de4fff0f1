import { inviteMember as schema } from '../../../schemas/organizations/invite-member.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { sendsMessage } from '../../http/route-cost.js'
import { publicInvitation } from './answer-organization.js'
import type { OrganizationRoute } from './dependencies.js'
import { inviteMember } from './invite-member.js'

export const inviteMemberRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  const options = { schema, ...sendsMessage, onRequest: guards.requireSession }
  scope.post('/organizations/:id/invitations', options, async (request, reply) => {
    const user = currentSession(request)
    const { id: userId, sessionId } = user
    const organizationId = request.params.id.toLowerCase()
    const asked = { organizationId, user, userId, sessionId, client: requestOriginOf(request), now: clock() }
    const invitation = await inviteMember(dependencies, { ...request.body, ...asked, proven: provenIn(request) })
    reply.code(202)
    return publicInvitation(invitation)
  })
}
