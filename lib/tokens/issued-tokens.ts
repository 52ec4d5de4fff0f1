import type { EpochMilliseconds, SessionRecord, UserRecord } from '../storage/records.js'
import type { RefreshToken } from './refresh-token.js'

/** A user, their session and its tokens. */
export interface IssuedTokens {
  readonly user: UserRecord
  readonly session: SessionRecord
  readonly accessToken: string
  readonly accessTokenExpiresAt: EpochMilliseconds
  /** `null` if the token mode has only access tokens. */
  readonly refreshToken: RefreshToken | null
}
