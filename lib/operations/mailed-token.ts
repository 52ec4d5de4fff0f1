import type { LinkPurpose } from '../email/message.js'
import { OneTimeTokenInvalidError } from '../errors/index.js'
import type {
  EpochMilliseconds,
  OneTimeTokenHash,
  OneTimeTokenRecord,
  OutboxMessageRecord,
} from '../storage/storage.js'
import { newOneTimeToken, oneTimeTokenHash } from '../tokens/one-time-token.js'
import type { EmailDependencies } from './dependencies.js'

export interface MailedTokenRequest {
  readonly purpose: LinkPurpose
  readonly userId: string
  /** Where it is mailed to, and what it proves. */
  readonly email: string
  /** The session that asks for it, if one does. */
  readonly sessionId: string | null
  readonly now: EpochMilliseconds
  /** How much later the message is sent. The link is good for its whole lifetime from then on. Default: 0. */
  readonly delayMilliseconds?: number
}

/** A new token and the letter that carries it, to be stored in one step. */
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

/** @throws {OneTimeTokenInvalidError} for a text that cannot be a token: no storage call is spent on it. */
export function presentedHash(token: string): OneTimeTokenHash {
  const hash = oneTimeTokenHash(token)
  if (hash === null) throw new OneTimeTokenInvalidError()
  return hash
}
