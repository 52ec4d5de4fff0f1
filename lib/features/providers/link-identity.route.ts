import { linkIdentity as schema } from '../../../schemas/providers/link-identity.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { proveRecently } from '../passwords/prove-recently.js'
import type { ProviderRoute } from './dependencies.js'
import { operationOfProviders } from './operation-of-providers.js'
import { flowLifetime } from './provider-flow.js'
import { startProviderFlow } from './start-provider-flow.js'

export const linkIdentityRoute: ProviderRoute = (scope, { dependencies, cookies, crossSiteGuard, guards, clock }) => {
  const operation = operationOfProviders(schema, dependencies)
  scope.post(
    '/identities/:provider/link',
    { schema: operation, onRequest: guards.requireSession },
    async (request, reply) => {
      crossSiteGuard(request)
      const { id: userId, sessionId } = currentSession(request)
      const client = requestOriginOf(request)
      const now = clock()
      const proven = provenIn(request)
      await proveRecently(dependencies, { userId, sessionId, password: undefined, proven, client, now })
      const { provider } = request.params
      const { returnTo } = request.body
      const linking = { userId, sessionId }
      const asked = { provider, returnTo, transport: 'cookie', linking, client, now } as const
      const { url, cookie } = await startProviderFlow(dependencies, asked)
      cookies.setProviderFlow(reply, cookie, flowLifetime / 1000)
      return { url }
    },
  )
}
