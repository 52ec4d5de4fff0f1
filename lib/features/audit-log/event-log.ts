import { randomBytes } from 'node:crypto'
import { createBatchWriter } from '../../async/batch-writer.js'
import type { AuthEvent } from '../../events/auth-event.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { EventDetails, EventRecord } from './event-record.js'
import type { EventStore } from './port.js'

/** Buffers events for the storage. It never throws, and no request waits for it. */
export interface EventLog {
  note(event: AuthEvent): void
  /** Writes all noted events; resolves when this write and any earlier one have succeeded, or have failed and been reported. */
  flush(): Promise<void>
}

export interface EventLogSettings {
  readonly events: Pick<EventStore, 'add'>
  /** Delay from the first event until all are written together. */
  readonly everySeconds: number
  /** Maximum number of waiting events while the storage is down; further ones are only logged. */
  readonly maximumWaiting: number
  /** Called when a write fails. The next write includes its data. Must not throw. */
  onFailure(error: unknown): void
}

/** Maximum number of events in a transaction. */
const maximumBatch = 100

/** Creates ids that sort by creation within this process, and by millisecond between processes. Formatted as UUID version 7. */
function createEventIds(): (happenedAt: EpochMilliseconds) => string {
  let last = 0
  return happenedAt => {
    // The millisecond, followed by a 12-bit counter.
    last = Math.max(happenedAt * 4096, last + 1)
    const time = Math.floor(last / 4096)
      .toString(16)
      .padStart(12, '0')
    const count = (last % 4096).toString(16).padStart(3, '0')
    const random = randomBytes(8).toString('hex')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-8${random.slice(1, 4)}-${random.slice(4)}`
  }
}

function recordOf(event: AuthEvent, newId: (happenedAt: EpochMilliseconds) => string): EventRecord {
  const { at, userId, name, reason = null, sessionId, ip, userAgent, requestId, ...others } = event
  const { apiKeyId = null, ...details }: EventDetails = others
  const happenedAt = Date.parse(at)
  return {
    id: newId(happenedAt),
    happenedAt,
    userId,
    name,
    reason,
    sessionId,
    apiKeyId,
    ip,
    userAgent,
    requestId,
    details,
  }
}

export function createEventLog({ events, everySeconds, maximumWaiting, onFailure }: EventLogSettings): EventLog {
  const newId = createEventIds()
  let waiting: EventRecord[] = []
  let passedOver = 0

  function reportDropped(): void {
    if (passedOver === 0) return
    onFailure(new Error(`${passedOver} events were not kept: more than ${maximumWaiting} were waiting`))
    passedOver = 0
  }

  async function write(): Promise<void> {
    reportDropped()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maximumBatch)
      try {
        await events.add({ events: batch })
      } catch (error) {
        onFailure(error)
        return
      }
      waiting = waiting.slice(batch.length)
    }
  }

  const { writeLater, flush } = createBatchWriter(write, everySeconds)

  return {
    note(event) {
      writeLater()
      if (waiting.length >= maximumWaiting) {
        passedOver += 1
        return
      }
      waiting.push(recordOf(event, newId))
    },
    flush,
  }
}
