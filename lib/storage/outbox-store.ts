import type { EpochMilliseconds, OutboxMessageRecord } from './records.js'

/** A request to claim messages. */
export interface ClaimMessages {
  readonly now: EpochMilliseconds
  /** From this time on, another process may claim the messages, in case this process has failed. */
  readonly leaseUntil: EpochMilliseconds
  readonly limit: number
}

/** A request to send a message later. */
export interface PostponeMessage {
  readonly messageId: string
  /** The `attempts` of the claim. A different stored value means that another process has claimed the message since. */
  readonly attempts: number
  readonly nextAttemptAt: EpochMilliseconds
}

/** Messages to be sent. Every method is one atomic step; none reads a clock. */
export interface OutboxStore {
  /** Stores messages that belong to no other step. Skips messages about deleted users. */
  add(request: { readonly messages: readonly OutboxMessageRecord[] }): Promise<void>

  /**
   * Claims messages that are due (`nextAttemptAt <= now < expiresAt`), longest due first (ties: by `id`). Returns and stores
   * each with `attempts` incremented and `nextAttemptAt = leaseUntil`. Exactly one of several concurrent calls claims a
   * message.
   */
  claim(request: ClaimMessages): Promise<readonly OutboxMessageRecord[]>

  /** Removes a message that was sent or given up. Resolves if the message does not exist. */
  remove(request: { readonly messageId: string }): Promise<void>

  /** Sets when a claimed message is due again, if its `attempts` are still those of the claim. */
  postpone(request: PostponeMessage): Promise<void>
}
