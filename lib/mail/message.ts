import type { EpochMilliseconds, OneTimeTokenPurpose, OutboxMessageRecord } from '../storage/records.js'
import type { OneTimeToken } from '../tokens/one-time-token.js'
import type { SignInCode } from '../tokens/sign-in-code.js'

/** The purpose of a link in a message. */
export type LinkPurpose = OneTimeTokenPurpose | 'signIn' | 'invitation'

/** A message with a link that contains a one-time token. */
export interface LinkMessage {
  readonly kind: OneTimeTokenPurpose
  /** Canonical address. */
  readonly to: string
  readonly token: OneTimeToken
  /** When the link expires. */
  readonly expiresAt: EpochMilliseconds
}

/** A message with a code, and with a link that contains it. */
export interface CodeMessage {
  readonly kind: 'signIn'
  /** Canonical address. */
  readonly to: string
  readonly code: SignInCode
  /** When the code expires. */
  readonly expiresAt: EpochMilliseconds
}

/** A message that invites the reader to an organisation. */
export interface InvitationMessage {
  readonly kind: 'invitation'
  /** Canonical address. */
  readonly to: string
  readonly token: OneTimeToken
  /** When the link expires. */
  readonly expiresAt: EpochMilliseconds
  readonly organizationName: string
  readonly role: string
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
    | 'identityLinked'
    | 'identityUnlinked'
    | 'identityNotLinked'
  readonly to: string
}

/** The content and the recipient of a message. The wording is chosen when it is sent. */
export type Message = LinkMessage | CodeMessage | InvitationMessage | NoticeMessage

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
