import { singleToken } from '../../../schemas/index.js'
import { switchOrganization as schema } from '../../../schemas/organizations/switch-organization.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { OrganizationRoute } from './dependencies.js'
import { renewalOf } from './renewal-of.js'
import { switchOrganization } from './switch-organization.js'

export const switchOrganizationRoute: OrganizationRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, guards, clock, tokenMode } = routeDependencies
  const options = {
    schema: tokenMode === 'pair' ? schema : singleToken.switchOrganization,
    onRequest: guards.requireSession,
  }
  scope.post('/organizations/current', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { transport, refreshToken } = renewalOf(request, request.body.refreshToken, routeDependencies)
    const organizationId = request.body.organizationId?.toLowerCase() ?? null
    const now = clock()
    const asked = { organizationId, userId, sessionId, refreshToken, client: requestOriginOf(request), now }
    const issued = await switchOrganization(dependencies, asked)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
