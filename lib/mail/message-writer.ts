import { randomUUID } from 'node:crypto'
import type { EpochMilliseconds, OutboxMessageRecord } from '../storage/records.js'
import type { Sealer } from '../tokens/sealer.js'
import type { Message, MessageAccount, MessageWriter } from './message.js'

/** The content of a decoy. */
export interface DecoyMessage {
  readonly kind: 'none'
}

const decoy: DecoyMessage = { kind: 'none' }
const noticeLifetimeMilliseconds = 24 * 60 * 60 * 1000
/** Exceeds the size of every message: an address has at most 254 characters, a name 200 UTF-16 units, and the rest fewer than 250. */
const paddedLength = 768

interface Envelope extends MessageAccount {
  readonly expiresAt: EpochMilliseconds
}

/**
 * Writes messages for the outbox. All sealed texts, including decoys, have the same length. Neither the database nor the
 * response time distinguishes them.
 */
export function createMessageWriter({ sealer }: { readonly sealer: Sealer }): MessageWriter {
  function sealedRecord(
    message: Message | DecoyMessage,
    { userId, now, sendAt = now, expiresAt }: Envelope,
  ): OutboxMessageRecord {
    const id = randomUUID()
    const sealed = sealer.seal(JSON.stringify(message).padEnd(paddedLength), id)
    return { id, userId, sealed, createdAt: now, nextAttemptAt: sendAt, attempts: 0, expiresAt }
  }

  return {
    write(message, account) {
      const expiresAt = 'expiresAt' in message ? message.expiresAt : account.now + noticeLifetimeMilliseconds
      return sealedRecord(message, { ...account, expiresAt })
    },

    writeDecoy(now, sendAt = now) {
      return sealedRecord(decoy, { userId: null, now, sendAt, expiresAt: now + noticeLifetimeMilliseconds })
    },
  }
}

/** What a message of the outbox says. `null` where it was altered, or sealed with a secret that isn't in the ring. */
export function openMessage(sealer: Sealer, { id, sealed }: OutboxMessageRecord): Message | DecoyMessage | null {
  const text = sealer.open(sealed, id)
  return text === null ? null : JSON.parse(text)
}
