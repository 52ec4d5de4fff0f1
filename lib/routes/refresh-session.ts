import type { FastifyReply, FastifyRequest } from 'fastify'
import { singleToken } from '../../schemas/index.js'
import { refreshSession as schema } from '../../schemas/refresh-session.js'
import type { TokenMode } from '../../schemas/token-mode.js'
import { UnauthenticatedError, ValidationError } from '../errors/index.js'
import { answerSignedIn } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { type Credential, credentialOf } from '../http/credential.js'
import { refreshSession } from '../operations/refresh-session.js'
import { type TradeableToken, tradeableAccessToken, tradeableRefreshToken } from '../operations/tradeable-token.js'
import type { Route, RouteRooms } from './route-rooms.js'

interface Trade extends Credential {
  readonly kind: TradeableToken
}

async function answer(routeRooms: RouteRooms, request: FastifyRequest, reply: FastifyReply, trade: Trade) {
  const { rooms, cookies, clock } = routeRooms
  const { transport, ...presented } = trade
  const now = clock()
  const signedIn = await refreshSession(rooms, { ...presented, client: clientOf(request), now })
  return answerSignedIn(reply, cookies, signedIn, { transport, now })
}

const tradeRefreshToken: Route = (scope, routeRooms) => {
  const { cookies, crossSiteGuard } = routeRooms
  const kind = tradeableRefreshToken
  scope.post('/refresh', { schema }, (request, reply) => {
    const fromCookie = cookies.refreshToken(request)
    const fromBody = request.body.refreshToken
    if (fromCookie !== undefined && fromBody !== undefined) {
      throw new ValidationError('refreshToken', 'oneWay', 'must not be sent beside the refresh cookie')
    }
    if (fromCookie !== undefined) crossSiteGuard(request)
    const token = fromCookie ?? fromBody
    if (token === undefined) throw new UnauthenticatedError()
    const transport = fromCookie === undefined ? 'token' : 'cookie'
    return answer(routeRooms, request, reply, { token, transport, kind })
  })
}

const tradeAccessToken: Route = (scope, routeRooms) => {
  const { cookies, guards } = routeRooms
  const options = { schema: singleToken.refreshSession, onRequest: guards.requireSession }
  const kind = tradeableAccessToken
  scope.post('/refresh', options, (request, reply) =>
    answer(routeRooms, request, reply, { ...credentialOf(request, cookies), kind }),
  )
}

/** What is traded: nothing, where a session ends with its access token. */
const byTokenMode: Readonly<Record<TokenMode, Route>> = {
  pair: tradeRefreshToken,
  'access-only': () => {},
  sliding: tradeAccessToken,
}

export const refreshSessionRoute: Route = (scope, routeRooms) => byTokenMode[routeRooms.tokenMode](scope, routeRooms)
