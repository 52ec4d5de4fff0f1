import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectState } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomTime } from '../../../conformance/random-records.js'
import { storeAccount, storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import type { ApiKeyRecord } from '../api-key-record.js'

async function storeUsedKey(storage: Storage, lastUsedAt: EpochMilliseconds | null) {
  const user = await storeUser(storage)
  return storeApiKey(storage, user, { lastUsedAt })
}

async function expectUsedAt(storage: Storage, apiKey: ApiKeyRecord, lastUsedAt: EpochMilliseconds, rule: string) {
  const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: apiKey.createdAt })
  expectEqual(found?.apiKey, { ...apiKey, lastUsedAt }, rule)
}

/** Cases for recording the last use of API keys. */
export const apiKeyUseCases: readonly ConformanceCase[] = [
  {
    title: 'apiKeys.touch: the named keys were last used at their instants, and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, tokens, now } = account
      const [first, second] = account.apiKeys
      const untouched = await storeApiKey(storage, user)
      const uses = [
        { apiKeyId: first.id, lastUsedAt: now + 1 },
        { apiKeyId: second.id, lastUsedAt: now + 2 },
      ]
      await storage.apiKeys.touch({ uses })
      const apiKeys = [
        { ...first, lastUsedAt: now + 1 },
        { ...second, lastUsedAt: now + 2 },
      ]
      const rule = 'Each key gets its own instant'
      await expectState(storage, account, { user, sessions, apiKeys, tokens, revocations: [] }, rule)
      const found = await storage.apiKeys.findByHash({ hash: untouched.hash, now })
      expectEqual(found?.apiKey, untouched, 'A key that is not named is not touched')
    },
  },
  {
    title: 'apiKeys.touch: a later instant replaces an earlier one',
    async run({ storage }) {
      const apiKey = await storeUsedKey(storage, 1_000_000_000_010)
      await storage.apiKeys.touch({ uses: [{ apiKeyId: apiKey.id, lastUsedAt: 1_000_000_000_011 }] })
      await expectUsedAt(storage, apiKey, 1_000_000_000_011, 'The last use is the latest')
    },
  },
  {
    title: 'apiKeys.touch: an earlier instant never replaces a later one',
    async run({ storage }) {
      const apiKey = await storeUsedKey(storage, 1_000_000_000_010)
      await storage.apiKeys.touch({ uses: [{ apiKeyId: apiKey.id, lastUsedAt: 1_000_000_000_009 }] })
      await expectUsedAt(storage, apiKey, 1_000_000_000_010, 'A use that is reported late changes nothing')
    },
  },
  {
    title: 'apiKeys.touch: of two uses of one key in one call the latest counts, whichever comes first',
    async run({ storage }) {
      const [early, late] = [1_000_000_000_001, 1_000_000_000_002]
      for (const times of [
        [early, late],
        [late, early],
      ]) {
        const apiKey = await storeUsedKey(storage, null)
        await storage.apiKeys.touch({ uses: times.map(lastUsedAt => ({ apiKeyId: apiKey.id, lastUsedAt })) })
        await expectUsedAt(storage, apiKey, late, 'The last use is the latest')
      }
    },
  },
  {
    title: 'apiKeys.touch: missing keys are skipped, and the others are touched',
    async run({ storage }) {
      const apiKey = await storeUsedKey(storage, null)
      const lastUsedAt = randomTime()
      const uses = [randomUUID(), apiKey.id, randomUUID()].map(apiKeyId => ({ apiKeyId, lastUsedAt }))
      await storage.apiKeys.touch({ uses })
      await expectUsedAt(storage, apiKey, lastUsedAt, 'A missing key does not prevent the next update')
    },
  },
  {
    title: 'apiKeys.touch: an empty list of uses changes nothing',
    async run({ storage }) {
      const apiKey = await storeUsedKey(storage, 1_000_000_000_010)
      await storage.apiKeys.touch({ uses: [] })
      await expectUsedAt(storage, apiKey, 1_000_000_000_010, 'Nothing was used')
    },
  },
  {
    title: 'apiKeys.touch: a thousand uses are recorded in one call',
    async run({ storage }) {
      const apiKey = await storeUsedKey(storage, null)
      const lastUsedAt = randomTime()
      const gone = Array.from({ length: 999 }, () => ({ apiKeyId: randomUUID(), lastUsedAt }))
      await storage.apiKeys.touch({ uses: [...gone, { apiKeyId: apiKey.id, lastUsedAt }] })
      await expectUsedAt(storage, apiKey, lastUsedAt, 'A long list is processed completely')
    },
  },
]
