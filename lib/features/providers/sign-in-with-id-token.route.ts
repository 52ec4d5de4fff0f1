import { signInWithIdToken as schema } from '../../../schemas/providers/sign-in-with-id-token.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { answerWaitingResult } from './answer-waiting-result.js'
import type { ProviderRoute } from './dependencies.js'
import type { IdentitySignIn } from './identity-sign-in.js'
import { operationOfProviders } from './operation-of-providers.js'
import { signInWithIdToken } from './sign-in-with-id-token.js'
import type { WaitingResult } from './waiting-token.js'

function waitingResultOf(signIn: Exclude<IdentitySignIn, { readonly outcome: 'signedIn' }>): WaitingResult {
  if (signIn.outcome === 'signUpRequired') return { kind: 'signUp', pending: signIn.pending }
  const { user, identity, methods } = signIn
  return { kind: 'secondFactor', userId: user.id, identity, methods }
}

export const signInWithIdTokenRoute: ProviderRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, knownDevices, crossSiteGuard, defaultTransport, clock } = routeDependencies
  const accepting = new Map([...dependencies.connectedProviders].filter(([, one]) => one.provider.acceptsIdTokens))
  const operation = operationOfProviders(schema, { connectedProviders: accepting })
  scope.post('/sign-in/:provider/token', { schema: operation }, async (request, reply) => {
    const { idToken, nonce, transport = defaultTransport } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const { provider } = request.params
    const client = requestOriginOf(request)
    const signIn = await signInWithIdToken(dependencies, { provider, idToken, nonce, client, now })
    if (signIn.outcome !== 'signedIn')
      return answerWaitingResult(routeDependencies, reply, waitingResultOf(signIn), { transport, now })
    const { issued, isNewUser } = signIn
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    reply.code(isNewUser ? 201 : 200)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
