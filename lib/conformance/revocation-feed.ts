import assert from 'node:assert/strict'
import type { Storage } from '../composition/storage.js'
import type { ApiKeyRecord } from '../features/api-keys/api-key-record.js'
import type { EpochMilliseconds, Revocation, SessionRecord } from '../storage/records.js'
import { dayMilliseconds } from './random-records.js'

/** Returns the expected feed line of a revoked session. */
export function sessionLine({ id }: Pick<SessionRecord, 'id'>, revokedAt: EpochMilliseconds): Revocation {
  return { kind: 'session', id, generation: null, revokedAt }
}

/** Returns the expected feed line of a recorded superseded generation. */
export function generationLine({ id }: SessionRecord, generation: number, revokedAt: EpochMilliseconds): Revocation {
  return { kind: 'generation', id, generation, revokedAt }
}

/** Returns the expected feed line of a deleted API key. */
export function apiKeyLine({ id }: ApiKeyRecord, revokedAt: EpochMilliseconds): Revocation {
  return { kind: 'apiKey', id, generation: null, revokedAt }
}

/** Sorts lines of the same instant in feed order. */
export function inFeedOrder(lines: readonly Revocation[]): readonly Revocation[] {
  const key = ({ revokedAt, kind, id, generation }: Revocation) =>
    `${String(revokedAt).padStart(16, '0')} ${kind} ${id} ${String(generation).padStart(16, '0')}`
  return [...lines].sort((one, other) => (key(one) < key(other) ? -1 : 1))
}

/** Reads all lines from `since` on, page by page, up to the end of the feed or a day later. */
export async function readFeed(
  storage: Storage,
  since: EpochMilliseconds,
  pageSize = 500,
): Promise<readonly Revocation[]> {
  const lines = new Map<string, Revocation>()
  let after: Revocation | undefined
  do {
    const page: readonly Revocation[] = await storage.revocations.list({
      since,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    for (const line of page) {
      const text = JSON.stringify([line.revokedAt, line.kind, line.id, line.generation])
      assert.ok(
        !lines.has(text),
        `A page of the feed starts after the last line of the previous page: the storage gave ${text} twice`,
      )
      lines.set(text, line)
    }
    after = page.at(-1)
  } while (after !== undefined && after.revokedAt <= since + dayMilliseconds)
  return [...lines.values()]
}

/** Returns the feed lines about these records, in the order of the storage. */
export async function revocationsOf(
  storage: Storage,
  ids: readonly string[],
  since: EpochMilliseconds,
  pageSize?: number,
): Promise<readonly Revocation[]> {
  const lines = await readFeed(storage, since, pageSize)
  return lines.filter(({ id }) => ids.includes(id))
}
