import type { EpochMilliseconds, OutboxMessageRecord } from './records.js'

export interface ClaimMessages {
  readonly now: EpochMilliseconds
  /** When another process may take them, if this one is not heard of again. */
  readonly leaseUntil: EpochMilliseconds
  readonly limit: number
}

export interface PostponeMessage {
  readonly messageId: string
  /** The `attempts` of the claim: if another process has taken the message since, it is that one's. */
  readonly attempts: number
  readonly nextAttemptAt: EpochMilliseconds
}

/** Messages on their way out. Every method is one all-or-nothing step; none reads a clock. */
export interface OutboxStore {
  /** Stores messages that belong to no other step. Those about people who are gone are passed over. */
  add(request: { readonly messages: readonly OutboxMessageRecord[] }): Promise<void>

  /**
   * Takes messages that are due (`nextAttemptAt <= now < expiresAt`), those due longest first (ties: by `id`): each is
   * answered, and stored, with `attempts` one higher and `nextAttemptAt = leaseUntil`. Of any number of calls at once,
   * exactly one takes a message.
   */
  claim(request: ClaimMessages): Promise<readonly OutboxMessageRecord[]>

  /** Forgets a message that is sent or given up. Not an error where it is gone. */
  remove(request: { readonly messageId: string }): Promise<void>

  /** Sets when a claimed message is due again, if its `attempts` are still those of the claim. */
  postpone(request: PostponeMessage): Promise<void>
}
