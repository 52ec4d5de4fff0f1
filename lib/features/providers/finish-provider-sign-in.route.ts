import type { FastifyReply, FastifyRequest } from 'fastify'
import { finishProviderSignIn as schema } from '../../../schemas/providers/finish-provider-sign-in.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RouteDependencies } from '../route-dependencies.js'
import type { ProviderDependencies, ProviderRoute } from './dependencies.js'
import { type FinishedFlow, finishProviderFlow } from './finish-provider-flow.js'
import { newProviderCode } from './flow-result.js'
import { operationOfProviders } from './operation-of-providers.js'
import { flowIdOf, readFlows } from './provider-flow.js'
import { tokensOfResult } from './tokens-of-result.js'
import { waitingToken } from './waiting-token.js'

type CallbackDependencies = RouteDependencies & { readonly dependencies: ProviderDependencies }
type Fragment = Readonly<Record<string, string>>

interface Callback {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly now: EpochMilliseconds
}

const expired: Fragment = { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' }

/** Signs the browser in, if the flow has a session. Returns what the page learns in the fragment. */
async function deliver(
  { dependencies, cookies, knownDevices }: CallbackDependencies,
  { flow, result, issued }: FinishedFlow,
  { request, reply, now }: Callback,
): Promise<Fragment> {
  if (result.kind === 'refused') return { error: result.code }
  if (result.kind === 'linked') return { linked: result.provider }
  const { transport } = flow
  if (transport === 'token') return { code: newProviderCode(dependencies.sealer, flowIdOf(flow), now) }
  if (result.kind === 'session') {
    const tokens = issued ?? (await tokensOfResult(dependencies, result, now))
    if (tokens === null) return expired
    knownDevices.remember(request, reply, { user: tokens.user, transport, now })
    cookies.set(reply, tokens, now)
    return {}
  }
  const { token, expiresAt } = waitingToken(dependencies, result, { transport, now })
  cookies.setSignIn(reply, token, Math.ceil((expiresAt - now) / 1000))
  if (result.kind === 'signUp') return { status: 'sign_up_required' }
  return { status: 'second_factor_required', methods: result.methods.join(',') }
}

function withFragment(url: string, fragment: Fragment): string {
  const text = new URLSearchParams(fragment).toString()
  return text === '' ? url : `${url}#${text}`
}

export const finishProviderSignInRoute: ProviderRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, clock } = routeDependencies
  const { sealer, returnPlaces, providerSettings } = dependencies
  const operation = operationOfProviders(schema, dependencies)
  scope.get('/providers/:provider/callback', { schema: operation }, async (request, reply) => {
    const now = clock()
    const finished = await finishProviderFlow(dependencies, {
      provider: request.params.provider,
      parameters: new URL(request.url, returnPlaces.ownOrigin).searchParams,
      flows: readFlows(sealer, cookies.providerFlows(request), now),
      client: requestOriginOf(request),
      now,
    })
    const fragment = finished === null ? expired : await deliver(routeDependencies, finished, { request, reply, now })
    const target = finished?.flow.returnTo ?? providerSettings.returnTo
    return reply.redirect(withFragment(target, fragment), 303)
  })
}
