import { declineInvitation as schema } from '../../../schemas/organizations/decline-invitation.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { declineInvitation } from './decline-invitation.js'
import type { OrganizationRoute } from './dependencies.js'

export const declineInvitationRoute: OrganizationRoute = (scope, { dependencies, clock }) => {
  scope.post('/invitations/decline', { schema, schemaErrorFormatter: mailedTokenProblem }, async (request, reply) => {
    await declineInvitation(dependencies, { ...request.body, client: requestOriginOf(request), now: clock() })
    return reply.code(204).send(null)
  })
}
