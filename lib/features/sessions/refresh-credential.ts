import { type FastAuthErrorConstructor, RefreshTokenInvalidError, SessionRevokedError } from '../../errors/index.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RefreshTokenContent } from '../../tokens/refresh-token.js'
import type { Dependencies } from '../dependencies.js'
import { liveClaims } from './authenticate.js'

/** A kind of token that a refresh accepts. */
export interface RefreshCredential {
  /** Returns session and generation of an authentic token. @throws if it is of another kind or no longer valid. */
  read(
    dependencies: Pick<Dependencies, 'accessTokens' | 'refreshTokens' | 'revokedSessions'>,
    token: string,
    now: EpochMilliseconds,
  ): RefreshTokenContent
  /** The error for a token whose session has ended. */
  readonly EndedError: FastAuthErrorConstructor
}

/** @throws {RefreshTokenInvalidError} */
export const refreshTokenCredential: RefreshCredential = {
  read({ refreshTokens }, token) {
    const content = refreshTokens.read(token)
    if (content === null) throw new RefreshTokenInvalidError()
    return content
  },
  EndedError: RefreshTokenInvalidError,
}

/** @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError} */
export const accessTokenCredential: RefreshCredential = {
  read(dependencies, token, now) {
    const { sid: sessionId, gen: generation } = liveClaims(dependencies, token, now)
    return { sessionId, generation }
  },
  EndedError: SessionRevokedError,
}
