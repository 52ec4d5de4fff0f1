import type { FastifyReply, FastifyRequest } from 'fastify'
import { singleToken } from '../../../schemas/index.js'
import { signOut as schema } from '../../../schemas/sessions/sign-out.js'
import { bearerToken } from '../../http/credential.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { Route, RouteDependencies } from '../route-dependencies.js'
import { signOut } from './sign-out.js'

function given(tokens: readonly (string | undefined)[]): string[] {
  return tokens.filter(token => token !== undefined)
}

async function end(
  routeDependencies: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  refreshToken?: string,
) {
  const { dependencies, cookies, crossSiteGuard, clock } = routeDependencies
  const accessCookies = cookies.accessTokens(request)
  // A browser may still have a refresh cookie of a former token mode.
  const refreshCookies = cookies.refreshTokens(request)
  const hasCookies = accessCookies.length > 0 || refreshCookies.length > 0
  if (hasCookies) crossSiteGuard(request)
  await signOut(dependencies, {
    accessTokens: given([bearerToken(request), ...accessCookies]),
    refreshTokens: given([...refreshCookies, refreshToken]),
    client: requestOriginOf(request),
    now: clock(),
  })
  if (hasCookies) cookies.expire(reply)
  return reply.code(204).send(null)
}

const byAnyToken: Route = (scope, routeDependencies) => {
  scope.post('/sign-out', { schema }, (request, reply) =>
    end(routeDependencies, request, reply, request.body.refreshToken),
  )
}

const byAccessToken: Route = (scope, routeDependencies) => {
  scope.post('/sign-out', { schema: singleToken.signOut }, (request, reply) => end(routeDependencies, request, reply))
}

export const signOutRoute: Route = (scope, routeDependencies) => {
  const route = routeDependencies.dependencies.hasRefreshTokens ? byAnyToken : byAccessToken
  route(scope, routeDependencies)
}
