import type { Message } from './message.js'

/** A failed delivery. It contains no token and no link, so you can log it. */
export interface DeliveryFailure {
  /**
   * `send`: the message could not be composed or sent. `unreadable`: it was altered, or sealed with a secret that is not
   * configured any more. `storage`: the outbox failed.
   */
  readonly reason: 'send' | 'unreadable' | 'storage'
  /** `null` if the failure concerns no message. */
  readonly messageId: string | null
  /** The kind of the message, if it is known. */
  readonly kind: Message['kind'] | null
  /** The number of attempts, including this one. */
  readonly attempt: number
  /** Whether there will be another attempt. */
  readonly willRetry: boolean
  readonly error: Error
}
