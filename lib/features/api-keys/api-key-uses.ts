import { createBatchWriter } from '../../async/batch-writer.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { ApiKeyStore } from './port.js'

/** Buffers the last uses of keys for the storage. It never throws, and no request waits for it. */
export interface ApiKeyUses {
  note(apiKeyId: string, usedAt: EpochMilliseconds): void
  /** Writes all noted uses; resolves when this write and any earlier one have succeeded, or have failed and been reported. */
  flush(): Promise<void>
}

export interface ApiKeyUsesSettings {
  readonly apiKeys: Pick<ApiKeyStore, 'touch'>
  /** Delay from the first use until all are written together: the minimum interval between two writes of a key. */
  readonly everySeconds: number
  /** Called when a write fails. The next write includes its data. */
  onFailure(error: unknown): void
}

/** A transaction should not hold more for long. */
const maximumBatch = 1000

export function createApiKeyUses({ apiKeys, everySeconds, onFailure }: ApiKeyUsesSettings): ApiKeyUses {
  const waiting = new Map<string, EpochMilliseconds>()

  async function write(): Promise<void> {
    const uses = Array.from(waiting, ([apiKeyId, lastUsedAt]) => ({ apiKeyId, lastUsedAt }))
    waiting.clear()
    while (uses.length > 0) {
      const batch = uses.splice(0, maximumBatch)
      try {
        await apiKeys.touch({ uses: batch })
      } catch (error) {
        onFailure(error)
        for (const { apiKeyId, lastUsedAt } of [...batch, ...uses.splice(0)]) {
          waiting.set(apiKeyId, Math.max(lastUsedAt, waiting.get(apiKeyId) ?? lastUsedAt))
        }
      }
    }
  }

  const { writeLater, flush } = createBatchWriter(write, everySeconds)

  return {
    note(apiKeyId, usedAt) {
      waiting.set(apiKeyId, usedAt)
      writeLater()
    },
    flush,
  }
}
