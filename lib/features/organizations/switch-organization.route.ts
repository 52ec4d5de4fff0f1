import { switchOrganization as schema } from '../../../schemas/organizations/switch-organization.js'
import { singleToken } from '../../../schemas/sessions/single-token.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { sessionRenewal } from '../../http/session-renewal.js'
import type { OrganizationRoute } from './dependencies.js'
import { switchOrganization } from './switch-organization.js'

export const switchOrganizationRoute: OrganizationRoute = (
  scope,
  { dependencies, cookies, crossSiteGuard, guards, clock },
) => {
  const { hasRefreshTokens } = dependencies
  const options = {
    schema: hasRefreshTokens ? schema : singleToken.switchOrganization,
    onRequest: guards.requireSession,
  }
  scope.post('/organizations/current', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const settings = { cookies, crossSiteGuard, hasRefreshTokens }
    const { transport, refreshToken } = sessionRenewal(request, request.body.refreshToken, settings)
    const organizationId = request.body.organizationId?.toLowerCase() ?? null
    const now = clock()
    const asked = { organizationId, userId, sessionId, refreshToken, client: requestOriginOf(request), now }
    const issued = await switchOrganization(dependencies, asked)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
