import { randomUUID } from 'node:crypto'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomApiKey } from '../../../conformance/random-records.js'
import { storeAccount, storeSession } from '../../../conformance/stored-records.js'
import type { RollApiKey } from '../plan-api-key-roll.js'
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
    title: 'apiKeys.roll: sessionEnded comes before unknown and limitReached',
    async run({ storage }) {
      const { user, sessions, apiKeys, now } = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const asking = { sessionId: sessions[0].id, now }
      const [own, foreign] = [rollOf(apiKeys[0]), rollOf(stranger.apiKeys[0], { userId: user.id })]
      const unknown = rollOf({ ...apiKeys[0], id: randomUUID() })
      const full = { ...own, overlapMilliseconds: 1, maximumPerUser: 2 }
      const rule = 'A caller without a live session learns nothing about the keys and the user'
      async function expectEnded(requests: readonly RollApiKey[]): Promise<void> {
        for (const request of requests)
          expectEqual(await storage.apiKeys.roll({ ...request, asking }), { outcome: 'sessionEnded' }, rule)
      }
      await storage.sessions.revoke({ sessionId: asking.sessionId, now })
      await expectEnded([own, foreign, unknown, full])
      // A disabled user has no live session.
      await storage.users.disable({ userId: user.id, now })
      await expectEnded([own, foreign, unknown, full])
      await storage.users.delete({ userId: user.id, now })
      await expectEnded([own, foreign, unknown, full])
    },
  },
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
