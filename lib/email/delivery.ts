import { setTimeout as delay } from 'node:timers/promises'
import { redactedError } from '../errors/redacted-error.js'
import type { OutboxMessageRecord } from '../storage/storage.js'
import { createOutboxWorker, type OutboxWorkerOptions } from './outbox-worker.js'

export interface DeliveryOptions extends Omit<OutboxWorkerOptions, 'sendTimeoutMilliseconds'> {
  /** How often the outbox is looked at unasked: for what is due again, and for what other processes left behind. At most 60. Default: 5. */
  readonly pollSeconds?: number
  /** How many messages are sent at a time. Default: 5, nodemailer's number of connections. */
  readonly concurrency?: number
  /** A letter that isn't worded and sent within this time has failed. Default: 30; less than the lease of 60. */
  readonly sendTimeoutSeconds?: number
}

/** Sends what is in the outbox, in the background. Nothing of it ever throws; failures are told to `onFailure`. */
export interface Delivery {
  /** Looks into the outbox now, and from the first call on every few seconds. Costs nothing where it is looking already. */
  notify(): void
  /** Sends what is due, and waits for it, but no longer than this. */
  drain(deadlineMilliseconds: number): Promise<void>
  /**
   * Takes no more messages, gives up on those under way and closes the sender. Whatever isn't sent stays in the outbox.
   * To have more of it sent, call `drain` before.
   */
  close(): Promise<void>
}

const leaseMilliseconds = 60_000
const longestPollMilliseconds = 60_000

/**
 * Any number of processes may deliver from one outbox: each message is leased to one of them at a time, and the lease
 * outlasts the sending. If a process dies meanwhile, another one takes the message over when the lease ends. So a message
 * is sent at least once; twice only if the process or the outbox fails between the sending and the removal.
 * @param options `outbox` must settle every call, be it by rejecting: closing waits for it.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, sender, clock, onFailure, pollSeconds = 5, concurrency = 5, sendTimeoutSeconds = 30 } = options
  const outboxWorker = createOutboxWorker({ ...options, sendTimeoutMilliseconds: sendTimeoutSeconds * 1000 })
  const underWay = new Set<Promise<void>>()
  let polling: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let isNotified = false
  let isClosed = false
  let failedClaims = 0

  function start(message: OutboxMessageRecord): void {
    const carrying = outboxWorker.deliver(message).then(() => {
      underWay.delete(carrying)
    })
    underWay.add(carrying)
  }

  /** As many as can be sent at once, so that no lease runs while its message waits in line. Answers whether there may be more. */
  async function takeDue(): Promise<boolean> {
    const limit = concurrency - underWay.size
    const now = clock()
    const messages = await outbox.claim({ now, leaseUntil: now + leaseMilliseconds, limit })
    for (const message of messages) start(message)
    return messages.length === limit
  }

  async function takeAllDue(): Promise<void> {
    let mayBeMore = true
    while (mayBeMore || isNotified) {
      while (underWay.size >= concurrency) await Promise.race(underWay)
      if (isClosed) return
      isNotified = false
      mayBeMore = await takeDue()
    }
  }

  async function poll(): Promise<void> {
    try {
      await takeAllDue()
      failedClaims = 0
    } catch (error) {
      failedClaims += 1
      const about = { messageId: null, kind: null, attempt: failedClaims, willRetry: true }
      onFailure({ reason: 'storage', ...about, error: redactedError(error) })
    }
  }

  /** While the outbox doesn't answer, it is asked ever more seldom. */
  function pollLater(): void {
    const milliseconds = Math.min(pollSeconds * 1000 * 2 ** failedClaims, longestPollMilliseconds)
    timer = setTimeout(notify, milliseconds).unref()
  }

  function endRound(): void {
    polling = null
    if (isNotified) notify()
    else if (!isClosed) pollLater()
  }

  function notify(): void {
    if (isClosed) return
    clearTimeout(timer)
    isNotified = true
    polling ??= poll().then(endRound)
  }

  async function settled(): Promise<void> {
    while (polling !== null || underWay.size > 0) await Promise.all([polling, ...underWay])
  }

  return {
    notify,

    async drain(deadlineMilliseconds) {
      notify()
      const deadline = new AbortController()
      const tooLate = delay(deadlineMilliseconds, undefined, { signal: deadline.signal }).catch(() => {})
      await Promise.race([settled(), tooLate])
      deadline.abort()
    },

    async close() {
      isClosed = true
      clearTimeout(timer)
      outboxWorker.abandon()
      await settled()
      await sender.close?.()
    },
  }
}
