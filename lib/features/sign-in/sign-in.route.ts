import type { FastifyReply } from 'fastify'
import type { SecondFactorRequired } from '../../../schemas/sign-in/second-factor-required.js'
import { signIn as schema, signInWithSecondFactor } from '../../../schemas/sign-in/sign-in.js'
import { answerIssuedTokens, type Transport, timestamp } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { signInTokenLifetime } from '../../tokens/sign-in-token.js'
import type { Route, RouteDependencies } from '../route-dependencies.js'
import { signIn, type WaitingSignIn } from './sign-in.js'

/** Answers that a second factor is missing. The state of the sign-in is in a signed token and stored nowhere. */
function answerWaiting(
  { dependencies, cookies }: Pick<RouteDependencies, 'dependencies' | 'cookies'>,
  reply: FastifyReply,
  { user, methods }: WaitingSignIn,
  { transport, now }: { readonly transport: Transport; readonly now: EpochMilliseconds },
): SecondFactorRequired {
  const expiresAt = now + signInTokenLifetime
  const pending = { userId: user.id, methods: ['password'], transport, expiresAt } as const
  const signInToken = dependencies.signInTokens.issue(pending, user.passwordHash)
  reply.code(202)
  const answer = {
    status: 'second_factor_required',
    methods: methods as SecondFactorRequired['methods'],
    expiresAt: timestamp(expiresAt),
  } as const
  if (transport === 'token') return { ...answer, signInToken }
  cookies.setSignIn(reply, signInToken, signInTokenLifetime / 1000)
  return answer
}

export const signInRoute: Route = (scope, routeDependencies) => {
  const { dependencies, cookies, knownDevices, crossSiteGuard, defaultTransport, clock } = routeDependencies
  // Without second factors, the status 202 does not occur.
  const operation = (
    dependencies.secondFactor === 'off' ? schema : signInWithSecondFactor
  ) as typeof signInWithSecondFactor
  scope.post('/sign-in', { schema: operation, ...hashes }, async (request, reply) => {
    const { transport = defaultTransport, ...credentials } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const devices = knownDevices.devicesOf(request, now)
    const result = await signIn(dependencies, { ...credentials, devices, client: requestOriginOf(request), now })
    if (result.outcome === 'secondFactorRequired')
      return answerWaiting(routeDependencies, reply, result, { transport, now })
    const { issued } = result
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
