import type { EpochMilliseconds } from '../../storage/records.js'
import type { LoadedUser } from '../../tokens/loaded-user.js'
import type { LinkPurpose, Message } from '../message.js'

/** The content of a message, as text and HTML. */
export interface EmailContent {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The input of the template of a notice. */
export interface NoticeMessageInput {
  /** The canonical address of the recipient. */
  readonly to: string
  readonly appName: string
}

/** The input of the template of a message with a link. */
export interface LinkMessageInput extends NoticeMessageInput {
  /** The link, which works for every client that has it. Put it into the message and nowhere else. */
  readonly link: string
  /** When the link expires, in milliseconds since the Unix epoch. */
  readonly expiresAt: EpochMilliseconds
}

/** The input of the template of the message with a sign-in code. */
export interface CodeMessageInput extends LinkMessageInput {
  /** The code as the user types it, in two groups: `K7QM-3X9D`. It works only for the client that requested it, like the link. */
  readonly code: string
}

/** The input of the template of the message that invites to an organisation. */
export interface InvitationMessageInput extends LinkMessageInput {
  /** A text of the members of the organisation. Escape it in HTML. */
  readonly organizationName: string
  /** `owner`, `admin`, `member`, or a role of the application. */
  readonly role: string
}

/** The input of the template of one kind of message. */
export type MessageInput<Kind extends Message['kind']> = Kind extends 'signIn'
  ? CodeMessageInput
  : Kind extends 'invitation'
    ? InvitationMessageInput
    : Kind extends LinkPurpose
      ? LinkMessageInput
      : NoticeMessageInput

/** The further input of the application's templates: the owner of the account that the message concerns. */
export interface MessageOwner {
  /**
   * The owner of the account, read from the storage when the message is sent. The `profile` may have the locale of the user.
   * `null` if the account was deleted meanwhile, or the message concerns no account.
   */
  readonly user: LoadedUser | null
}

/** The templates of the application: for any kind of message, a function that replaces the template of the plugin. */
export type MessageTemplates = {
  readonly [Kind in Message['kind']]?:
    | ((input: MessageInput<Kind> & MessageOwner) => EmailContent | Promise<EmailContent>)
    | undefined
}
