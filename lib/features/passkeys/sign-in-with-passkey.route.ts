import { signInWithPasskey as schema } from '../../../schemas/passkeys/sign-in-with-passkey.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import type { OwnDependencies } from './dependencies.js'
import { signInWithPasskey } from './sign-in-with-passkey.js'

export const signInWithPasskeyRoute: FeatureRoute<OwnDependencies> = (
  scope,
  { dependencies, cookies, knownDevices, crossSiteGuard, defaultTransport, clock },
) => {
  scope.post('/sign-in/passkey', { schema }, async (request, reply) => {
    const { credential, transport = defaultTransport } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const client = requestOriginOf(request)
    const issued = await signInWithPasskey(dependencies, { credential, client, now })
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
