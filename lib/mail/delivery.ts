import { createPoller } from '../async/poller.js'
import { withDeadline } from '../async/with-deadline.js'
import { redactedError } from '../errors/redacted-error.js'
import type { OutboxMessageRecord } from '../storage/records.js'
import { createOutboxWorker, type OutboxWorkerOptions } from './outbox-worker.js'

export interface DeliveryOptions extends Omit<OutboxWorkerOptions, 'sendTimeoutMilliseconds'> {
  /** Seconds between polls of the outbox for retries and for messages that other processes left. At most 60. Default: 5. */
  readonly pollSeconds?: number
  /** The number of messages sent concurrently. Default: 5, the number of connections of nodemailer. */
  readonly concurrency?: number
  /** A message that is not composed and sent within this time has failed. Default: 30; less than the lease of 60. */
  readonly sendTimeoutSeconds?: number
}

/** Sends the messages of the outbox in the background. Never throws; reports failures to `onFailure`. */
export interface Delivery {
  /** Polls the outbox immediately, and every few seconds after the first call. Does nothing during a poll. */
  notify(): void
  /** Sends due messages and waits until they are sent, at most this long. */
  drain(deadlineMilliseconds: number): Promise<void>
  /**
   * Claims no more messages, abandons pending ones and closes the sender. Unsent messages stay in the outbox. Call `drain`
   * first to send more of them.
   */
  close(): Promise<void>
}

const leaseMilliseconds = 60_000
const longestPauseSeconds = 60

/**
 * Several processes can deliver from one outbox. One process at a time holds the lease of a message, and the lease lasts
 * longer than a send. If the process crashes, another one takes the message when the lease ends. So a message is sent at
 * least once, and twice only if the process or the outbox fails between the send and the removal.
 * @param options `outbox` must settle every call, if necessary by rejecting: closing waits for it.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, sender, clock, onFailure, pollSeconds = 5, concurrency = 5, sendTimeoutSeconds = 30 } = options
  const outboxWorker = createOutboxWorker({ ...options, sendTimeoutMilliseconds: sendTimeoutSeconds * 1000 })
  const underWay = new Set<Promise<void>>()
  let failedClaims = 0

  function start(message: OutboxMessageRecord): void {
    const carrying = outboxWorker.deliver(message).then(() => {
      underWay.delete(carrying)
    })
    underWay.add(carrying)
  }

  /**
   * Claims only as many messages as it can send immediately, so no lease runs while a message waits. Resolves to whether
   * there may be more.
   */
  async function takeDue(): Promise<boolean> {
    const limit = concurrency - underWay.size
    const now = clock()
    const messages = await outbox.claim({ now, leaseUntil: now + leaseMilliseconds, limit })
    for (const message of messages) start(message)
    return messages.length === limit
  }

  async function takeAllDue(signal: AbortSignal): Promise<void> {
    let mayBeMore = true
    while (mayBeMore) {
      while (underWay.size >= concurrency) await Promise.race(underWay)
      if (signal.aborted) return
      mayBeMore = await takeDue()
    }
  }

  async function poll(signal: AbortSignal): Promise<void> {
    try {
      await takeAllDue(signal)
      failedClaims = 0
    } catch (error) {
      failedClaims += 1
      const about = { messageId: null, kind: null, attempt: failedClaims, willRetry: true }
      onFailure({ reason: 'storage', ...about, error: redactedError(error) })
    }
  }

  // Polls less and less often while the outbox fails.
  const pauseSeconds = () => Math.min(pollSeconds * 2 ** failedClaims, longestPauseSeconds)
  const poller = createPoller({ poll, pauseSeconds })

  async function sendAllDue(): Promise<void> {
    await poller.pollNow()
    await Promise.all(underWay)
  }

  return {
    notify: () => void poller.pollNow(),

    async drain(milliseconds) {
      const late = () => new Error('There are more messages than can be sent in this time')
      await withDeadline(sendAllDue(), { milliseconds, late }).catch(() => undefined)
    },

    async close() {
      const stopped = poller.stop()
      outboxWorker.abandon()
      await stopped
      await Promise.all(underWay)
      await sender.close?.()
    },
  }
}
