import { withDeadline } from '../async/with-deadline.js'
import { redactedError } from '../errors/redacted-error.js'
import type { OutboxStore } from '../storage/outbox-store.js'
import type { EpochMilliseconds, OutboxMessageRecord } from '../storage/records.js'
import type { Measure } from '../telemetry/create-measure.js'
import { readableSignInCode } from '../tokens/sign-in-code.js'
import type { ComposeMessage } from './compose-message.js'
import type { DeliveryFailure } from './delivery-failure.js'
import type { EmailSender } from './email-sender.js'
import { isPermanentFailure } from './is-permanent-failure.js'
import type { Message } from './message.js'
import type { DecoyMessage } from './message-writer.js'
import { retryDelayMilliseconds } from './retry-delay.js'

export interface OutboxWorkerOptions {
  readonly outbox: OutboxStore
  readonly sender: EmailSender
  /** The content of a message, or `null` if it cannot be decrypted. */
  open(record: OutboxMessageRecord): Message | DecoyMessage | null
  readonly compose: ComposeMessage
  /** The From address of every message, with or without a display name. */
  readonly from: string
  clock(): EpochMilliseconds
  /** Called for every failure. Must not throw. */
  onFailure(failure: DeliveryFailure): void
  /** Called once for each message that leaves the outbox without having been sent. Must not throw. */
  onGivingUp(record: OutboxMessageRecord, reason: GivenUpReason): void
  /** A message that is not composed and sent within this time has failed. */
  readonly sendTimeoutMilliseconds: number
  readonly measure?: Measure | undefined
}

/**
 * `refused`: the mail server, or the sender, refuses the message for good. `expired`: its link is worth nothing at the next
 * attempt. `unreadable`: it was altered, or sealed with a secret that isn't in use any more.
 */
export type GivenUpReason = 'refused' | 'expired' | 'unreadable'

export interface OutboxWorker {
  /** Sends a claimed message or postpones it. Never rejects. */
  deliver(record: OutboxMessageRecord): Promise<void>
  /** Abandons pending and later sends; their messages are postponed. */
  abandon(): void
}

const closing = new Error('The application is closing')

/** Returns every spelling of what the message lets its reader do. */
function secretsIn(message: Message): readonly string[] {
  if (message.kind === 'signIn') return [message.code, readableSignInCode(message.code)]
  return 'token' in message ? [message.token] : []
}

/** Sends claimed messages of the outbox, one call per message. */
export function createOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { outbox, sender, compose, from, clock, onFailure, onGivingUp, sendTimeoutMilliseconds, measure } = options
  const underWay = new Set<AbortController>()
  /** Messages that were sent, but not removed because the outbox failed. They must be removed and not sent again. */
  const sentIds = new Set<string>()
  let isAbandoned = false

  /** Settles when the message is sent, cannot be sent, or the caller stops waiting. */
  async function send(message: Message, { id, userId, createdAt }: OutboxMessageRecord): Promise<void> {
    if (isAbandoned) throw closing
    const controller = new AbortController()
    const { signal } = controller
    const late = () => {
      const timeout = new Error(`The message was not sent within ${sendTimeoutMilliseconds} ms`)
      controller.abort(timeout)
      return timeout
    }
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    const head = { id, createdAt: new Date(createdAt), from, to: message.to }
    const sending = async () => sender.send({ ...head, ...(await compose(message, userId)) }, signal)
    underWay.add(controller)
    try {
      await withDeadline(Promise.race([sending(), aborted]), { milliseconds: sendTimeoutMilliseconds, late })
    } finally {
      underWay.delete(controller)
    }
  }

  /** Calls the outbox for an operation that may fail: if it does, the lease expires. */
  async function ask(step: () => Promise<void>, { id: messageId, attempts: attempt }: OutboxMessageRecord) {
    try {
      await step()
    } catch (error) {
      const about = { messageId, kind: null, attempt, willRetry: true }
      onFailure({ reason: 'storage', ...about, error: redactedError(error) })
    }
  }

  function count(outcome: 'sent' | 'put_off' | 'given_up' | 'unreadable'): void {
    measure?.({ name: 'fast_auth_messages_total', value: 1, labels: { outcome } })
  }

  function remove(record: OutboxMessageRecord): Promise<void> {
    const { id: messageId } = record
    return ask(async () => {
      await outbox.remove({ messageId })
      sentIds.delete(messageId)
    }, record)
  }

  async function putOff(record: OutboxMessageRecord, message: Message, error: unknown): Promise<void> {
    const { id: messageId, attempts, expiresAt } = record
    const nextAttemptAt = clock() + retryDelayMilliseconds(attempts)
    const isRefused = isPermanentFailure(error)
    const willRetry = nextAttemptAt < expiresAt && !isRefused
    // The error of a mail server may repeat the message. Its causes may do so in another encoding, so they are dropped.
    const redact = (text: string) =>
      secretsIn(message).reduce((shown, secret) => shown.replaceAll(secret, '[token]'), text)
    const about = { messageId, kind: message.kind, attempt: attempts, willRetry }
    onFailure({ reason: 'send', ...about, error: redactedError(error, redact, 0) })
    count(willRetry ? 'put_off' : 'given_up')
    if (!willRetry) {
      onGivingUp(record, isRefused ? 'refused' : 'expired')
      return remove(record)
    }
    return ask(() => outbox.postpone({ messageId, attempts, nextAttemptAt }), record)
  }

  function discardUnreadable(record: OutboxMessageRecord): Promise<void> {
    const about = { messageId: record.id, kind: null, attempt: record.attempts, willRetry: false }
    const error = new Error('The message was altered, or sealed with a secret that is not in use any more')
    onFailure({ reason: 'unreadable', ...about, error })
    count('unreadable')
    onGivingUp(record, 'unreadable')
    return remove(record)
  }

  return {
    async deliver(record) {
      const message = options.open(record)
      if (message === null) return discardUnreadable(record)
      if (message.kind === 'none' || sentIds.has(record.id)) return remove(record)
      try {
        await send(message, record)
      } catch (error) {
        return putOff(record, message, error)
      }
      sentIds.add(record.id)
      count('sent')
      const value = Math.max(0, clock() - record.createdAt) / 1000
      measure?.({ name: 'fast_auth_message_wait_seconds', value, labels: {} })
      return remove(record)
    },

    abandon() {
      isAbandoned = true
      for (const controller of underWay) controller.abort(closing)
    },
  }
}
