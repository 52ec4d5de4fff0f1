import type { Message } from './message.js'

/** A failed delivery. It contains no token and no link, so you can log it. */
export interface DeliveryFailure {
  /**
   * `send`: the letter could not be worded or sent. `unreadable`: it was altered, or sealed with a secret that isn't in use
   * any more. `storage`: the outbox did not answer.
   */
  readonly reason: 'send' | 'unreadable' | 'storage'
  /** `null` if the failure concerns no message. */
  readonly messageId: string | null
  /** What kind of letter it is, where that is known. */
  readonly kind: Message['kind'] | null
  /** The number of attempts, including this one. */
  readonly attempt: number
  /** Whether there will be another attempt. */
  readonly willRetry: boolean
  readonly error: Error
}
