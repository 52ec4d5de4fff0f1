import assert from 'node:assert/strict'
import type { Storage } from '../composition/storage.js'
import type { EpochMilliseconds, OutboxMessageRecord } from '../storage/records.js'
import { expectEqual } from './contract.js'
import { dayMilliseconds } from './random-records.js'

/** Returns the message as a claim returns and stores it. */
export function claimed(message: OutboxMessageRecord, leaseUntil: EpochMilliseconds): OutboxMessageRecord {
  return { ...message, attempts: message.attempts + 1, nextAttemptAt: leaseUntil }
}

/** Returns the message as `takeMessages` returns it. */
export function claimedForGood(message: OutboxMessageRecord, now: EpochMilliseconds): OutboxMessageRecord {
  return claimed(message, now + dayMilliseconds)
}

export function byId(messages: readonly OutboxMessageRecord[]): readonly OutboxMessageRecord[] {
  return [...messages].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** Claims all messages due at `now` permanently, and returns those that were asked for. Without any, it claims none. */
export async function takeMessages(
  { outbox }: Storage,
  asked: readonly OutboxMessageRecord[],
  now: EpochMilliseconds,
): Promise<readonly OutboxMessageRecord[]> {
  if (asked.length === 0) return []
  const taken: OutboxMessageRecord[] = []
  const leaseUntil = now + dayMilliseconds
  let page: readonly OutboxMessageRecord[]
  do {
    page = await outbox.claim({ now, leaseUntil, limit: 100 })
    taken.push(...page)
    assert.ok(taken.length < 10_000, 'Claimed messages are not due again: the storage never came to an end')
  } while (page.length > 0)
  return taken.filter(({ id }) => asked.some(message => message.id === id))
}

/** Checks that exactly these of the offered messages are stored, unchanged. Claims them. */
export async function expectWaiting(
  storage: Storage,
  { offered, waiting, now }: { offered: OutboxMessageRecord[]; waiting: OutboxMessageRecord[]; now: EpochMilliseconds },
  rule: string,
): Promise<void> {
  const taken = await takeMessages(storage, offered, now)
  const asked = waiting.map(message => claimedForGood(message, now))
  expectEqual(byId(taken), byId(asked), rule)
}
