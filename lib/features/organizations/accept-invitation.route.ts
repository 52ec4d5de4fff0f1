import { singleToken } from '../../../schemas/index.js'
import { acceptInvitation as schema } from '../../../schemas/organizations/accept-invitation.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { acceptInvitation } from './accept-invitation.js'
import type { OrganizationRoute } from './dependencies.js'
import { renewalOf } from './renewal-of.js'

export const acceptInvitationRoute: OrganizationRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, guards, clock, tokenMode } = routeDependencies
  const options = {
    schema: tokenMode === 'pair' ? schema : singleToken.acceptInvitation,
    schemaErrorFormatter: mailedTokenProblem,
    onRequest: guards.requireSession,
  }
  scope.post('/invitations/accept', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { transport, refreshToken } = renewalOf(request, request.body.refreshToken, routeDependencies)
    const { token } = request.body
    const now = clock()
    const asked = { token, userId, sessionId, refreshToken, client: requestOriginOf(request), now }
    const issued = await acceptInvitation(dependencies, asked)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
