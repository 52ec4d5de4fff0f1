import { OneTimeTokenInvalidError } from '../../errors/index.js'
import type {
  EpochMilliseconds,
  OneTimeTokenHash,
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  OutboxMessageRecord,
} from '../../storage/records.js'
import { newOneTimeToken, oneTimeTokenHash } from '../../tokens/one-time-token.js'
import type { EmailDependencies } from '../dependencies.js'

export interface MailedTokenRequest {
  readonly purpose: OneTimeTokenPurpose
  readonly userId: string
  /** The address that it is mailed to and that it proves. */
  readonly email: string
  /** The requesting session, or `null` if there is none. */
  readonly sessionId: string | null
  readonly now: EpochMilliseconds
  /** Delay before the message is sent. The link's lifetime begins at that time. Default: 0. */
  readonly delayMilliseconds?: number
}

/** Creates a token and the message that contains it, to be stored in one step. */
export function mailedToken(
  { messageWriter, linkLifetimes }: EmailDependencies,
  { purpose, userId, email, sessionId, now, delayMilliseconds = 0 }: MailedTokenRequest,
): { readonly token: OneTimeTokenRecord; readonly message: OutboxMessageRecord } {
  const { token, hash } = newOneTimeToken()
  const sendAt = now + delayMilliseconds
  const expiresAt = sendAt + linkLifetimes[purpose] * 1000
  return {
    token: { hash, purpose, userId, email, sessionId, createdAt: now, expiresAt },
    message: messageWriter.write({ kind: purpose, to: email, token, expiresAt }, { userId, now, sendAt }),
  }
}

/** @throws {OneTimeTokenInvalidError} for a text that cannot be a token: it costs no storage call. */
export function presentedHash(token: string): OneTimeTokenHash {
  const hash = oneTimeTokenHash(token)
  if (hash === null) throw new OneTimeTokenInvalidError()
  return hash
}
