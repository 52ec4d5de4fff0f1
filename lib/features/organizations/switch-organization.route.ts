import { switchOrganization as schema } from '../../../schemas/organizations/switch-organization.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { OrganizationRoute } from './dependencies.js'
import { switchOrganization } from './switch-organization.js'

export const switchOrganizationRoute: OrganizationRoute = (
  scope,
  { dependencies, cookies, crossSiteGuard, guards, clock },
) => {
  scope.post('/organizations/current', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const cameBy = request.headers.authorization === undefined ? 'cookie' : 'token'
    const { transport = cameBy, organizationId: chosen } = request.body
    if (transport === 'cookie') crossSiteGuard(request)
    const organizationId = chosen?.toLowerCase() ?? null
    const asked = { organizationId, userId, sessionId, client: requestOriginOf(request), now: clock() }
    const issued = await switchOrganization(dependencies, asked)
    return answerIssuedTokens(reply, cookies, issued, { transport, now: asked.now })
  })
}
