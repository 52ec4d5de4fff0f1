import { randomUUID } from 'node:crypto'
import type { Storage } from '../../lib/composition/storage.js'
import type { ApiKeyHash } from '../../lib/features/api-keys/api-key-record.js'

/** Puts an API key of the user into the storage; returns a function that resolves with whether it still exists. */
export async function storedApiKey(storage: Storage, userId: string): Promise<() => Promise<boolean>> {
  const id = randomUUID()
  const hash = `hash of ${id}` as ApiKeyHash
  const apiKey = {
    id,
    userId,
    hash,
    name: 'reports',
    keyPrefix: 'sk-abc',
    lastFour: 'wxyz',
    scopes: [],
    createdAt: 0,
    expiresAt: null,
    lastUsedAt: null,
    organizationId: null,
  }
  await storage.apiKeys.create({ apiKey, maximumPerUser: 10 })
  return async () => (await storage.apiKeys.findByHash({ hash, now: 0 })) !== null
}
