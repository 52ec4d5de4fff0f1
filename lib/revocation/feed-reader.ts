import type { EpochMilliseconds, Revocation } from '../storage/records.js'
import type { RevocationStore } from '../storage/revocation-store.js'

/** Reads the revocation feed from its last position, or from far enough back. */
export interface FeedReader {
  /** Reads all revocations up to now. If it rejects, the next call reads the same again. */
  readOn(now: EpochMilliseconds): Promise<void>
}

export interface FeedReaderSettings {
  /** It must settle every call, even if by rejecting. */
  readonly revocations: RevocationStore
  /** How far back the first call reads: older revocations are irrelevant. */
  readonly reachSeconds: number
  /**
   * How much further back than its predecessor each call reads. `revokedAt` of a line is the clock of the revoking process when
   * it began, and the line becomes visible when its transaction is committed: a line that is later than this, by clock
   * difference and commit together, is missed.
   */
  readonly overlapSeconds: number
  /** Called with each page's new lines, possibly none. A line is repeated only after a call has failed or the clock was set back. */
  take(lines: readonly Revocation[]): void
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
  /** The lines of the last complete reading, so that those of the overlap are not reported again. */
  let known: ReadonlySet<string> = new Set()

  /** If the clock was set back, the last position may be later than new revocations by other processes. */
  function since(now: EpochMilliseconds): EpochMilliseconds {
    return lastReadAt === null || now < lastReadAt ? now - reachSeconds * 1000 : lastReadAt - overlapSeconds * 1000
  }

  return {
    async readOn(now) {
      const read = new Set<string>()
      for await (const page of pagesSince(revocations, since(now))) {
        take(page.filter(line => !known.has(nameOf(line))))
        for (const line of page) read.add(nameOf(line))
      }
      known = read
      lastReadAt = now
    },
  }
}
