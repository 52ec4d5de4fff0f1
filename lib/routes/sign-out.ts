import { signOut as schema } from '../../schemas/sign-out.js'
import { bearerToken } from '../http/authenticator.js'
import { clientOf } from '../http/client-of.js'
import { signOut } from '../operations/sign-out.js'
import type { Route } from './route-rooms.js'

function given(...tokens: readonly (string | undefined)[]): string[] {
  return tokens.filter(token => token !== undefined)
}

export const signOutRoute: Route = (scope, { rooms, cookies, crossSiteGuard, clock }) => {
  scope.post('/sign-out', { schema }, async (request, reply) => {
    const accessCookie = cookies.accessToken(request)
    const refreshCookie = cookies.refreshToken(request)
    if (accessCookie !== undefined || refreshCookie !== undefined) crossSiteGuard(request)
    await signOut(rooms, {
      accessTokens: given(bearerToken(request), accessCookie),
      refreshTokens: given(refreshCookie, request.body.refreshToken),
      client: clientOf(request),
      now: clock(),
    })
    cookies.expire(reply)
    return reply.code(204).send(null)
  })
}
