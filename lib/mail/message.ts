import type { EpochMilliseconds, OutboxMessageRecord } from '../storage/records.js'
import type { OneTimeToken } from '../tokens/one-time-token.js'

/** The purpose of a link in a message. */
export type LinkPurpose = 'confirmEmail' | 'resetPassword' | 'changeEmail'

/** A message with a link. */
export interface LinkMessage {
  readonly kind: LinkPurpose
  /** Canonical address. */
  readonly to: string
  readonly token: OneTimeToken
  /** When the link expires. */
  readonly expiresAt: EpochMilliseconds
}

/**
 * A message that informs the owner of an account about an event. `emailChangeRequested` goes to the old address,
 * `addressTaken` to the user whose address was used for another sign-up.
 */
export interface NoticeMessage {
  readonly kind:
    | 'emailChangeRequested'
    | 'passwordChanged'
    | 'addressTaken'
    | 'refreshTokenReused'
    | 'refreshTokenRepeated'
    | 'secondFactorAdded'
    | 'secondFactorRemoved'
    | 'secondFactorCleared'
    | 'recoveryCodesRenewed'
    | 'passkeyAdded'
    | 'passkeyRemoved'
    | 'passkeyCopied'
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

/** Converts messages to rows of the outbox. */
export interface MessageWriter {
  /** A notice expires after a day, a link with its token. */
  write(message: Message, account: MessageAccount): OutboxMessageRecord
  /** A decoy without a recipient, of the same size as other messages. Unknown addresses then take the same time. */
  writeDecoy(now: EpochMilliseconds, sendAt?: EpochMilliseconds): OutboxMessageRecord
}
