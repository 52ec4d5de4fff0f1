import type { EpochMilliseconds, OutboxMessageRecord } from '../storage/storage.js'
import type { OneTimeToken } from '../tokens/one-time-token.js'

/** What a link in a letter is for. */
export type LinkPurpose = 'confirmEmail' | 'resetPassword' | 'changeEmail'

/** A letter whose link somebody is to open. */
export interface LinkMessage {
  readonly kind: LinkPurpose
  /** Canonical address. */
  readonly to: string
  readonly token: OneTimeToken
  /** When the link is worth nothing any more. */
  readonly expiresAt: EpochMilliseconds
}

/**
 * A letter that tells the owner of an account what has happened. `emailChangeRequested` goes to the old address,
 * `addressTaken` to whoever has the address that somebody else wanted to sign up with.
 */
export interface NoticeMessage {
  readonly kind: 'emailChangeRequested' | 'passwordChanged' | 'addressTaken' | 'refreshTokenReused'
  readonly to: string
}

/** What is to be said, and to whom; how it is worded is decided when it is sent. */
export type Message = LinkMessage | NoticeMessage

export interface MessageAccount {
  readonly userId: string | null
  readonly now: EpochMilliseconds
  /** When the message is due. Default: `now`. */
  readonly sendAt?: EpochMilliseconds
}

/** Turns letters into what the outbox stores. */
export interface MessageWriter {
  /** A notice is worth sending for a day, a link for as long as its token lives. */
  write(message: Message, account: MessageAccount): OutboxMessageRecord
  /** A message to nobody, which weighs what others do: for unknown addresses, so that time tells nothing. */
  writeDecoy(now: EpochMilliseconds, sendAt?: EpochMilliseconds): OutboxMessageRecord
}
