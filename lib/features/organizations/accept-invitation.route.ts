import { acceptInvitation as schema } from '../../../schemas/organizations/accept-invitation.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { acceptInvitation } from './accept-invitation.js'
import type { OrganizationRoute } from './dependencies.js'

export const acceptInvitationRoute: OrganizationRoute = (
  scope,
  { dependencies, cookies, crossSiteGuard, guards, clock },
) => {
  const options = { schema, schemaErrorFormatter: mailedTokenProblem, onRequest: guards.requireSession }
  scope.post('/invitations/accept', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const cameBy = request.headers.authorization === undefined ? 'cookie' : 'token'
    const { transport = cameBy, token } = request.body
    if (transport === 'cookie') crossSiteGuard(request)
    const now = clock()
    const issued = await acceptInvitation(dependencies, {
      ...{ token, userId, sessionId },
      ...{ client: requestOriginOf(request), now },
    })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
