import type { FastifyReply, FastifyRequest } from 'fastify'
import { singleToken } from '../../../schemas/index.js'
import { refreshSession as schema } from '../../../schemas/sessions/refresh-session.js'
import type { TokenMode } from '../../../schemas/sessions/token-mode.js'
import { UnauthenticatedError, ValidationError } from '../../errors/index.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { type Credential, credentialOf } from '../../http/credential.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { Route, RouteDependencies } from '../route-dependencies.js'
import { accessTokenCredential, type RefreshCredential, refreshTokenCredential } from './refresh-credential.js'
import { refreshSession } from './refresh-session.js'

interface Exchange extends Credential {
  readonly kind: RefreshCredential
}

async function answer(
  routeDependencies: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange,
) {
  const { dependencies, cookies, clock } = routeDependencies
  const { transport, ...presented } = exchange
  const now = clock()
  const issued = await refreshSession(dependencies, { ...presented, client: requestOriginOf(request), now })
  return answerIssuedTokens(reply, cookies, issued, { transport, now })
}

const exchangeRefreshToken: Route = (scope, routeDependencies) => {
  const { cookies, crossSiteGuard } = routeDependencies
  const kind = refreshTokenCredential

  /** Cookies of different sessions are useless: they are expired, so that the next sign-in begins without them. */
  function tokenOfCookie(request: FastifyRequest, reply: FastifyReply): string | undefined {
    try {
      return cookies.refreshToken(request)
    } catch (error) {
      cookies.expire(reply)
      throw error
    }
  }

  scope.post('/refresh', { schema }, (request, reply) => {
    const hasCookie = cookies.refreshTokens(request).length > 0
    const fromBody = request.body.refreshToken
    if (hasCookie && fromBody !== undefined) {
      throw new ValidationError('refreshToken', 'oneWay', 'must not be sent beside the refresh cookie')
    }
    if (hasCookie) crossSiteGuard(request)
    const token = fromBody ?? tokenOfCookie(request, reply)
    if (token === undefined) throw new UnauthenticatedError()
    return answer(routeDependencies, request, reply, { token, transport: hasCookie ? 'cookie' : 'token', kind })
  })
}

const exchangeAccessToken: Route = (scope, routeDependencies) => {
  const { cookies, setupGuards } = routeDependencies
  const options = { schema: singleToken.refreshSession, onRequest: setupGuards.requireSession }
  const kind = accessTokenCredential
  scope.post('/refresh', options, (request, reply) =>
    answer(routeDependencies, request, reply, { ...credentialOf(request, cookies), kind }),
  )
}

/** The refresh route of each token mode: none if a session ends with its access token. */
const byTokenMode: Readonly<Record<TokenMode, Route>> = {
  pair: exchangeRefreshToken,
  'access-only': () => {},
  sliding: exchangeAccessToken,
}

export const refreshSessionRoute: Route = (scope, routeDependencies) =>
  byTokenMode[routeDependencies.tokenMode](scope, routeDependencies)
