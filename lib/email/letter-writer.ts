import { randomUUID } from 'node:crypto'
import type { Instant, OutboxMessageRecord } from '../storage/storage.js'
import type { Sealer } from '../tokens/sealer.js'
import type { Letter, LetterAccount, LetterWriter } from './letter.js'

/** What a message to nobody says. */
export interface DecoyLetter {
  readonly kind: 'none'
}

const decoy: DecoyLetter = { kind: 'none' }
const noticeLifetimeMilliseconds = 24 * 60 * 60 * 1000
/** More than any letter takes: an address has at most 254 characters, and the rest under 150. */
const paddedLength = 512

interface Envelope extends LetterAccount {
  readonly expiresAt: Instant
}

/**
 * Writes letters for the outbox. Every sealed text has the same length, whatever is said to whomever, decoys included, so
 * that neither the database nor the time that it takes tells them apart.
 */
export function createLetterWriter({ sealer }: { readonly sealer: Sealer }): LetterWriter {
  function message(
    letter: Letter | DecoyLetter,
    { userId, now, sendAt = now, expiresAt }: Envelope,
  ): OutboxMessageRecord {
    const id = randomUUID()
    const sealed = sealer.seal(JSON.stringify(letter).padEnd(paddedLength), id)
    return { id, userId, sealed, createdAt: now, nextAttemptAt: sendAt, attempts: 0, expiresAt }
  }

  return {
    write(letter, account) {
      const expiresAt = 'expiresAt' in letter ? letter.expiresAt : account.now + noticeLifetimeMilliseconds
      return message(letter, { ...account, expiresAt })
    },

    writeDecoy(now, sendAt = now) {
      return message(decoy, { userId: null, now, sendAt, expiresAt: now + noticeLifetimeMilliseconds })
    },
  }
}

/** What a message of the outbox says. `null` where it was altered, or sealed with a secret that isn't in the ring. */
export function openLetter(sealer: Sealer, { id, sealed }: OutboxMessageRecord): Letter | DecoyLetter | null {
  const text = sealer.open(sealed, id)
  return text === null ? null : JSON.parse(text)
}
