import type { Storage } from '../../../composition/storage.js'
import { randomApiKey } from '../../../conformance/random-records.js'
import { apiKeyLine, revocationsOf } from '../../../conformance/revocation-feed.js'
import { done, outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import { rollOf } from './api-key-roll-cases.js'

function listKeys({ apiKeys }: Storage, userId: string) {
  return apiKeys.list({ userId, limit: 10, offset: 0, sortBy: 'createdAt', sortOrder: 'asc' })
}

/** All methods that change API keys. */
export const apiKeySteps: readonly StepOf[] = [
  {
    method: 'apiKeys.create',
    async prepare(storage) {
      const apiKey = randomApiKey(await storeUser(storage))
      return {
        attempt: storage => outcomeOf(storage.apiKeys.create({ apiKey, maximumPerUser: 10 })),
        first: 'created',
        again: ['created', 'rejected'],
        observe: storage => listKeys(storage, apiKey.userId),
        effect: { items: [apiKey], total: 1 },
      }
    },
  },
  {
    method: 'apiKeys.delete',
    async prepare(storage) {
      const apiKey = await storeApiKey(storage, await storeUser(storage))
      const { id: apiKeyId, userId, createdAt: now } = apiKey
      return {
        attempt: storage => outcomeOf(storage.apiKeys.delete({ apiKeyId, now })),
        first: 'deleted',
        again: ['unknown'],
        observe: async storage => [await listKeys(storage, userId), await revocationsOf(storage, [apiKeyId], now)],
        effect: [{ items: [], total: 0 }, [apiKeyLine(apiKey, now)]],
      }
    },
  },
  {
    method: 'apiKeys.roll',
    async prepare(storage) {
      const apiKey = await storeApiKey(storage, await storeUser(storage))
      const request = rollOf(apiKey)
      const { apiKeyId, userId, now } = request
      return {
        attempt: storage => outcomeOf(storage.apiKeys.roll(request)),
        first: 'rolled',
        again: ['unknown'],
        observe: async storage => [await listKeys(storage, userId), await revocationsOf(storage, [apiKeyId], now)],
        effect: [{ items: [{ ...apiKey, ...request.successor, createdAt: now }], total: 1 }, [apiKeyLine(apiKey, now)]],
      }
    },
  },
  {
    method: 'apiKeys.touch',
    async prepare(storage) {
      const apiKey = await storeApiKey(storage, await storeUser(storage))
      const lastUsedAt = apiKey.createdAt + 1
      return {
        attempt: storage => done(storage.apiKeys.touch({ uses: [{ apiKeyId: apiKey.id, lastUsedAt }] })),
        first: 'done',
        again: ['done'],
        observe: storage => listKeys(storage, apiKey.userId),
        effect: { items: [{ ...apiKey, lastUsedAt }], total: 1 },
      }
    },
  },
]
