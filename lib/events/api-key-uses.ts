import type { ApiKeyStore, EpochMilliseconds } from '../storage/storage.js'
import { createBatchWriter } from './batch-writer.js'

/** When keys were last used, on its way to the storage. Nothing of it ever throws, and no request waits for it. */
export interface ApiKeyUses {
  note(apiKeyId: string, usedAt: EpochMilliseconds): void
  /** Writes what has been noted, and resolves when that and any write before it is done, or has failed and is told. */
  flush(): Promise<void>
}

export interface ApiKeyUsesSettings {
  readonly apiKeys: Pick<ApiKeyStore, 'touch'>
  /** So long after the first use they are written together: a key is written at most so often. */
  readonly everySeconds: number
  /** A write that failed is tried again with the next one. */
  onFailure(error: unknown): void
}

/** More than a transaction should hold for long. */
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
