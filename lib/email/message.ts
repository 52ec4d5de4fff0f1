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
  /** When the link expires. */
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

/** The content and the recipient of a message. The wording is chosen when it is sent. */
export type Message = LinkMessage | NoticeMessage

export interface MessageAccount {
  readonly userId: string | null
  readonly now: EpochMilliseconds
  /** When the message is due. Default: `now`. */
  readonly sendAt?: EpochMilliseconds
}

/** Turns letters into what the outbox stores. */
export interface MessageWriter {
  /** A notice expires after a day, a link with its token. */
  write(message: Message, account: MessageAccount): OutboxMessageRecord
  /** A decoy without a recipient, of the same size as other messages. Unknown addresses then take the same time. */
  writeDecoy(now: EpochMilliseconds, sendAt?: EpochMilliseconds): OutboxMessageRecord
}
