import type { EpochMilliseconds } from '../../storage/storage.js'
import type { LoadedUser } from '../../tokens/loaded-user.js'
import type { LinkPurpose, Message } from '../message.js'

/** The content of a message, as text and HTML. */
export interface EmailContent {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What a notice is worded from. */
export interface NoticeMessageInput {
  /** The canonical address of the recipient. */
  readonly to: string
  readonly appName: string
}

/** The input of the template of a message with a link. */
export interface LinkMessageInput extends NoticeMessageInput {
  /** Anyone who has the link can use it. Put it into the message and nowhere else. */
  readonly link: string
  /** When the link is worth nothing any more, in milliseconds since the Unix epoch. */
  readonly expiresAt: EpochMilliseconds
}

export type MessageInput<Kind extends Message['kind']> = Kind extends LinkPurpose
  ? LinkMessageInput
  : NoticeMessageInput

/** What the application's own templates know beside: whose account the message is about. */
export interface MessageOwner {
  /**
   * The owner of the account, read from the storage when the message is sent, with `profile` and so with a locale if the
   * application keeps one there. `null` if the account has been deleted meanwhile.
   */
  readonly user: LoadedUser | null
}

/** The templates of the application: for any kind of message, a function that replaces the template of the plugin. */
export type MessageTemplates = {
  readonly [Kind in Message['kind']]?:
    | ((input: MessageInput<Kind> & MessageOwner) => EmailContent | Promise<EmailContent>)
    | undefined
}
