import type { EpochMilliseconds, Revocation } from '../storage/records.js'
import type { RevocationStore } from '../storage/storage.js'

/** Reads the revocation feed from where it was read before, or from far enough back. */
export interface FeedReader {
  /** Reads what there is by now. Where it rejects, the next call reads the same again. */
  readOn(now: EpochMilliseconds): Promise<void>
}

export interface FeedReaderSettings {
  /** It must settle every call, be it by rejecting. */
  readonly revocations: RevocationStore
  /** How far back the first call reads: nothing older matters. */
  readonly reachSeconds: number
  /**
   * How much further back than the call before each call reads. A line's `revokedAt` is what the clock of the revoking
   * process showed when it began, and the line shows when its transaction is committed: whatever comes later than this,
   * by clock and by commit together, is missed.
   */
  readonly overlapSeconds: number
  /** Told of each page's new lines, possibly none. A line is told twice only after a call has failed or the clock was set back. */
  take(lines: readonly Revocation[], now: EpochMilliseconds): void
}

const pageSize = 500

function nameOf({ revokedAt, kind, id, generation }: Revocation): string {
  return `${revokedAt} ${kind} ${id} ${generation}`
}

async function* pagesSince(
  revocations: RevocationStore,
  since: EpochMilliseconds,
): AsyncGenerator<readonly Revocation[]> {
  let page = await revocations.list({ since, limit: pageSize })
  yield page
  for (let last = page.at(-1); last !== undefined && page.length === pageSize; last = page.at(-1)) {
    page = await revocations.list({ since, after: last, limit: pageSize })
    yield page
  }
}

export function createFeedReader(settings: FeedReaderSettings): FeedReader {
  const { revocations, reachSeconds, overlapSeconds, take } = settings
  let lastReadAt: EpochMilliseconds | null = null
  /** The lines of the last complete reading, so that those of the overlap are not told again. */
  let known: ReadonlySet<string> = new Set()

  /** By a clock that is set back, what was read last may be behind what the others revoke now. */
  function since(now: EpochMilliseconds): EpochMilliseconds {
    return lastReadAt === null || now < lastReadAt ? now - reachSeconds * 1000 : lastReadAt - overlapSeconds * 1000
  }

  return {
    async readOn(now) {
      const read = new Set<string>()
      for await (const page of pagesSince(revocations, since(now))) {
        take(
          page.filter(line => !known.has(nameOf(line))),
          now,
        )
        for (const line of page) read.add(nameOf(line))
      }
      known = read
      lastReadAt = now
    },
  }
}
