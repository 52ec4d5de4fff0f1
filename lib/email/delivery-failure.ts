import type { Message } from './message.js'

/** What went wrong on a message's way out. Holds no token and no link, so that it may be logged. */
export interface DeliveryFailure {
  /**
   * `send`: the letter could not be worded or sent. `unreadable`: it was altered, or sealed with a secret that isn't in use
   * any more. `storage`: the outbox did not answer.
   */
  readonly reason: 'send' | 'unreadable' | 'storage'
  /** `null` where no message was at hand. */
  readonly messageId: string | null
  /** What kind of letter it is, where that is known. */
  readonly kind: Message['kind'] | null
  /** How many times this has been tried, this time included. */
  readonly attempt: number
  /** Whether it will be tried again. */
  readonly willRetry: boolean
  readonly error: Error
}
