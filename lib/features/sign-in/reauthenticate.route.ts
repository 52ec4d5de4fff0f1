import { reauthenticate as schema } from '../../../schemas/sign-in/reauthenticate.js'
import { ValidationError } from '../../errors/index.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { continuedTransport } from '../../http/continued-transport.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { Route } from '../route-dependencies.js'
import { givenSecondFactors } from './complete-sign-in.route.js'
import { reauthenticate } from './reauthenticate.js'

export const reauthenticateRoute: Route = (scope, { dependencies, cookies, crossSiteGuard, setupGuards, clock }) => {
  const options = { schema, ...hashes, onRequest: setupGuards.requireSession }
  scope.post('/reauthenticate', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { transport: chosen, password, ...fields } = request.body
    const transport = continuedTransport(request, chosen)
    if (transport === 'cookie') crossSiteGuard(request)
    const [secondFactor = null, ...others] = givenSecondFactors(fields)
    if (others.length > 0 || (password === undefined && secondFactor === null))
      throw new ValidationError(null, 'anyOf', 'must have "password", or exactly one other proof, or both')
    const now = clock()
    const client = requestOriginOf(request)
    const issued = await reauthenticate(dependencies, { userId, sessionId, password, secondFactor, client, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
