import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectOutcome } from '../../../conformance/contract.js'
import { randomApiKey } from '../../../conformance/random-records.js'
import { storeAccount, storeSession } from '../../../conformance/stored-records.js'
import { rollOf } from './api-key-roll-cases.js'

/** Cases for methods of API keys that check the requesting session again within their own step. */
export const askingApiKeyCases: readonly ConformanceCase[] = [
  ...askingCases({
    'apiKeys.create': {
      granted: 'created',
      ask: ({ apiKeys }, { user }, asking) =>
        apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100, asking }),
    },
    'apiKeys.delete': {
      granted: 'deleted',
      ask: ({ apiKeys }, account, asking) =>
        apiKeys.delete({ userId: account.user.id, apiKeyId: account.apiKeys[0].id, asking, now: account.now }),
    },
    'apiKeys.roll': {
      granted: 'rolled',
      ask: ({ apiKeys }, account, asking) => apiKeys.roll({ ...rollOf(account.apiKeys[0]), asking }),
    },
  }),
  {
    title: 'apiKeys.delete: a live session may delete a key without userId, if the key belongs to its user',
    async run({ storage }) {
      const { sessions, apiKeys, now } = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const foreign = await storeSession(storage, stranger.user, { expiresAt: now + 1_000 })
      const [{ id: apiKeyId }] = apiKeys
      const ask = (sessionId: string) => storage.apiKeys.delete({ apiKeyId, asking: { sessionId, now }, now })
      expectOutcome(await ask(foreign.id), 'sessionEnded', 'The key is another user’s')
      expectOutcome(await ask(sessions[0].id), 'deleted', 'The key is the user’s')
      expectOutcome(await ask(sessions[0].id), 'sessionEnded', 'A deleted key belongs to no user')
    },
  },
]
