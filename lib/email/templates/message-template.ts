import type { EpochMilliseconds } from '../../storage/storage.js'
import type { LoadedUser } from '../../tokens/loaded-user.js'
import type { LinkPurpose, Message } from '../message.js'

/** What a letter says, in both forms. */
export interface EmailContent {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What a notice is worded from. */
export interface NoticeMessageInput {
  /** Canonical address of whoever it goes to. */
  readonly to: string
  readonly appName: string
}

/** What a letter with a link is worded from. */
export interface LinkMessageInput extends NoticeMessageInput {
  /** Whoever has it can do what the letter is about: it belongs into the letter and nowhere else. */
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

/** The application's own words: for any kind of letter, a function that takes the place of the plugin's. */
export type MessageTemplates = {
  readonly [Kind in Message['kind']]?:
    | ((input: MessageInput<Kind> & MessageOwner) => EmailContent | Promise<EmailContent>)
    | undefined
}
