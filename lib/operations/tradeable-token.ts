import { type FastAuthErrorConstructor, RefreshTokenInvalidError, SessionRevokedError } from '../errors/index.js'
import type { Instant } from '../storage/storage.js'
import type { RefreshTokenContent } from '../tokens/refresh-token.js'
import { liveClaims } from './authenticate.js'
import type { Rooms } from './rooms.js'

/** A kind of token that a refresh takes. */
export interface TradeableToken {
  /** Which generation of which session an authentic one is. @throws where it is not one of these, or not good any more. */
  read(rooms: Rooms, token: string, now: Instant): RefreshTokenContent
  /** What is said of one whose session has ended. */
  readonly EndedError: FastAuthErrorConstructor
}

/** @throws {RefreshTokenInvalidError} */
export const tradeableRefreshToken: TradeableToken = {
  read({ refreshTokens }, token) {
    const content = refreshTokens.read(token)
    if (content === null) throw new RefreshTokenInvalidError()
    return content
  },
  EndedError: RefreshTokenInvalidError,
}

/** @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError} */
export const tradeableAccessToken: TradeableToken = {
  read(rooms, token, now) {
    const { sid: sessionId, gen: generation } = liveClaims(rooms, token, now)
    return { sessionId, generation }
  },
  EndedError: SessionRevokedError,
}
