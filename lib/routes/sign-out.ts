import type { FastifyReply, FastifyRequest } from 'fastify'
import { singleToken } from '../../schemas/index.js'
import { signOut as schema } from '../../schemas/sign-out.js'
import { clientOf } from '../http/client-of.js'
import { bearerToken } from '../http/credential.js'
import { signOut } from '../operations/sign-out.js'
import type { Route, RouteRooms } from './route-rooms.js'

function given(...tokens: readonly (string | undefined)[]): string[] {
  return tokens.filter(token => token !== undefined)
}

async function end(routeRooms: RouteRooms, request: FastifyRequest, reply: FastifyReply, refreshToken?: string) {
  const { rooms, cookies, crossSiteGuard, clock } = routeRooms
  const accessCookie = cookies.accessToken(request)
  // Where the token mode has none, a browser may still have one of a former mode.
  const refreshCookie = cookies.refreshToken(request)
  const hasCookies = accessCookie !== undefined || refreshCookie !== undefined
  if (hasCookies) crossSiteGuard(request)
  await signOut(rooms, {
    accessTokens: given(bearerToken(request), accessCookie),
    refreshTokens: given(refreshCookie, refreshToken),
    client: clientOf(request),
    now: clock(),
  })
  if (hasCookies) cookies.expire(reply)
  return reply.code(204).send(null)
}

const byAnyToken: Route = (scope, routeRooms) => {
  scope.post('/sign-out', { schema }, (request, reply) => end(routeRooms, request, reply, request.body.refreshToken))
}

const byAccessToken: Route = (scope, routeRooms) => {
  scope.post('/sign-out', { schema: singleToken.signOut }, (request, reply) => end(routeRooms, request, reply))
}

export const signOutRoute: Route = (scope, routeRooms) => {
  const route = routeRooms.rooms.hasRefreshTokens ? byAnyToken : byAccessToken
  route(scope, routeRooms)
}
