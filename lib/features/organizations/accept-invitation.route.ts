import { acceptInvitation as schema } from '../../../schemas/organizations/accept-invitation.js'
import { singleToken } from '../../../schemas/sessions/single-token.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { sessionRenewal } from '../../http/session-renewal.js'
import { acceptInvitation } from './accept-invitation.js'
import type { OrganizationRoute } from './dependencies.js'

export const acceptInvitationRoute: OrganizationRoute = (
  scope,
  { dependencies, cookies, crossSiteGuard, guards, clock },
) => {
  const { hasRefreshTokens } = dependencies
  const options = {
    schema: hasRefreshTokens ? schema : singleToken.acceptInvitation,
    schemaErrorFormatter: mailedTokenProblem,
    onRequest: guards.requireSession,
  }
  scope.post('/invitations/accept', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const settings = { cookies, crossSiteGuard, hasRefreshTokens }
    const { transport, refreshToken } = sessionRenewal(request, request.body.refreshToken, settings)
    const { token } = request.body
    const now = clock()
    const asked = { token, userId, sessionId, refreshToken, client: requestOriginOf(request), now }
    const issued = await acceptInvitation(dependencies, asked)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
