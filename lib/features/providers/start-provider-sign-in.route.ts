import { startProviderSignIn as schema } from '../../../schemas/providers/start-provider-sign-in.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { ProviderRoute } from './dependencies.js'
import { operationOfProviders } from './operation-of-providers.js'
import { flowLifetime } from './provider-flow.js'
import { startProviderFlow } from './start-provider-flow.js'

export const startProviderSignInRoute: ProviderRoute = (
  scope,
  { dependencies, cookies, crossSiteGuard, defaultTransport, clock },
) => {
  const operation = operationOfProviders(schema, dependencies)
  scope.post('/sign-in/:provider', { schema: operation }, async (request, reply) => {
    crossSiteGuard(request)
    const { provider } = request.params
    const { returnTo, transport = defaultTransport } = request.body
    const asked = { provider, returnTo, transport, linking: null, client: requestOriginOf(request), now: clock() }
    const { url, cookie } = await startProviderFlow(dependencies, asked)
    cookies.setProviderFlow(reply, cookie, flowLifetime / 1000)
    return { url }
  })
}
