import { randomUUID } from 'node:crypto'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomApiKey, randomApiKeyHash } from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount, storeDisabledAccount } from '../../../conformance/stored-records.js'
import type { RollApiKey } from '../plan-api-key-roll.js'

function rollOf({ user, apiKeys, now }: Account): RollApiKey {
  const successor = { id: randomUUID(), hash: randomApiKeyHash(), keyPrefix: 'sk-conf', lastFour: 'wxyz' }
  const limits = { overlapMilliseconds: 1_000, maximumLifetimeMilliseconds: null, maximumPerUser: 10 }
  return { apiKeyId: apiKeys[0].id, userId: user.id, successor, ...limits, now }
}

/** Cases for API keys of a disabled user. */
export const disabledUserKeyCases: readonly ConformanceCase[] = [
  {
    title: 'users.disable: an API key is still found, with a user who is disabled',
    async run({ storage }) {
      const { user, apiKeys, now } = await storeDisabledAccount(storage)
      const [apiKey] = apiKeys
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now })
      expectEqual(found, { apiKey, user, role: null }, 'The key is returned with its disabled user')
    },
  },
  {
    title: 'users.disable: disabling a user at the instant of a roll adds no second line to the feed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, now } = account
      expectOutcome(await storage.apiKeys.roll(rollOf(account)), 'rolled', 'The key exists')
      expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
      const lines = [...sessions.map(one => sessionLine(one, now)), ...apiKeys.map(one => apiKeyLine(one, now))]
      await expectState(
        storage,
        account,
        { revocations: inFeedOrder(lines) },
        'The feed has one line per key and instant',
      )
    },
  },
  {
    title: 'apiKeys.create: for a disabled user nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, now } = account
      const apiKey = randomApiKey(user)
      const creation = await storage.apiKeys.create({ apiKey, maximumPerUser: 10 })
      expectEqual(creation, { outcome: 'unknownUser' }, 'A disabled user gets no key')
      expectEqual(await storage.apiKeys.findByHash({ hash: apiKey.hash, now }), null, 'A disabled user gets no key')
    },
  },
  {
    title: 'apiKeys.roll: for a disabled user the answer is unknown and nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const roll = () => storage.apiKeys.roll(rollOf(account))
      const rule = 'A disabled user’s key gets no successor'
      expectEqual(await expectUnchanged(storage, account, roll, rule), { outcome: 'unknown' }, rule)
    },
  },
]
