import type { Storage } from '../../../composition/storage.js'
import { apiKeysOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { minuteMilliseconds, randomApiKey, randomPasswordHash } from '../../../conformance/random-records.js'
import { apiKeyLine, revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import type { ApiKeyRecord } from '../api-key-record.js'
import { rollOf } from './api-key-roll-cases.js'

async function idsOf(storage: Storage, { userId }: ApiKeyRecord): Promise<readonly string[]> {
  const order = { sortBy: 'name', sortOrder: 'asc' } as const
  const { items } = await storage.apiKeys.list({ userId, limit: 100, offset: 0, ...order })
  return items.map(({ id }) => id)
}

/** Cases for concurrent rolls and deletions of API keys. */
export const apiKeyRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty rolls of one key exactly one has a successor', async (storage, connections) => {
    const apiKey = await storeApiKey(storage, await storeUser(storage))
    const answers = await concurrently(connections, connection => connection.apiKeys.roll(rollOf(apiKey)))
    const rule = 'Exactly one call rolls the key and gets rolled'
    expectEqual([countOf(answers, 'rolled'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const successors = answers.flatMap(answer => (answer.outcome === 'rolled' ? answer.successor.id : []))
    expectEqual(await idsOf(storage, apiKey), successors, rule)
    const lines = await revocationsOf(storage, [apiKey.id], apiKey.createdAt)
    expectEqual(lines, [apiKeyLine(apiKey, apiKey.createdAt + minuteMilliseconds)], rule)
  }),
  raceCase('race: twenty rolls with an overlap never exceed the limit', async (storage, connections) => {
    const apiKey = await storeApiKey(storage, await storeUser(storage))
    const request = () => rollOf(apiKey, { overlapMilliseconds: 1_000, maximumPerUser: 4 })
    const answers = await concurrently(connections, connection => connection.apiKeys.roll(request()))
    const rule = 'The limit holds in any order of the calls'
    expectEqual([countOf(answers, 'rolled'), countOf(answers, 'limitReached')], [3, answers.length - 3], rule)
    expectEqual((await idsOf(storage, apiKey)).length, 4, rule)
  }),
  raceCase('race: a key is either rolled or deleted', async (storage, connections) => {
    const apiKey = await storeApiKey(storage, await storeUser(storage))
    const request = rollOf(apiKey)
    const { apiKeyId, now } = request
    const answers = await concurrently(connections, (connection, index): Promise<{ readonly outcome: string }> => {
      return index % 2 === 0 ? connection.apiKeys.roll(rollOf(apiKey)) : connection.apiKeys.delete({ apiKeyId, now })
    })
    const rolled = countOf(answers, 'rolled')
    const rule = 'One of them ends the key, and only a roll leaves a successor'
    expectEqual([rolled + countOf(answers, 'deleted'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    expectEqual((await idsOf(storage, apiKey)).length, rolled, rule)
    expectEqual(await revocationsOf(storage, [apiKeyId], now), [apiKeyLine(apiKey, now)], rule)
  }),
  raceCase('race: once a roll is acknowledged, no call finds the old key', async (storage, connections) => {
    const apiKey = await storeApiKey(storage, await storeUser(storage))
    const request = rollOf(apiKey)
    const { hash } = apiKey
    const { now } = request
    await concurrently(connections, async (connection, index) => {
      if (index !== 7) {
        await connection.apiKeys.findByHash({ hash, now })
        return
      }
      await connection.apiKeys.roll(request)
      for (const other of connections) {
        const rule = 'Every call that starts after the answer to a roll finds the successor, not the old key'
        expectEqual(await other.apiKeys.findByHash({ hash, now }), null, rule)
        const found = await other.apiKeys.findByHash({ hash: request.successor.hash, now })
        expectEqual(found?.apiKey.id, request.successor.id, rule)
      }
    })
  }),
  raceCase('race: of twenty deletions of one key exactly one gets deleted', async (storage, connections) => {
    const apiKey = await storeApiKey(storage, await storeUser(storage))
    const { id: apiKeyId, createdAt: now } = apiKey
    const answers = await concurrently(connections, connection => connection.apiKeys.delete({ apiKeyId, now }))
    const rule = 'A key is deleted once, and is recorded in the feed once'
    expectEqual([countOf(answers, 'deleted'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    expectEqual(await revocationsOf(storage, [apiKeyId], now), [apiKeyLine(apiKey, now)], rule)
  }),
  raceCase('race: twenty concurrent creations of API keys never exceed the limit', async (storage, connections) => {
    const user = await storeUser(storage)
    const answers = await concurrently(connections, connection =>
      connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 5 }),
    )
    const rule = 'As many keys are created as the limit allows, and the other calls get limitReached'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'limitReached')], [5, answers.length - 5], rule)
    const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
    const { total } = await storage.apiKeys.list({ userId: user.id, limit: 1, offset: 0, ...order })
    expectEqual(total, 5, rule)
  }),
  raceCase('race: of twenty concurrently reported uses of one key the latest counts', async (storage, connections) => {
    const user = await storeUser(storage)
    const { id: apiKeyId, hash } = await storeApiKey(storage, user)
    const now = user.createdAt
    await concurrently(connections, (connection, index) =>
      connection.apiKeys.touch({ uses: [{ apiKeyId, lastUsedAt: now + ((index * 7) % 20) }] }),
    )
    const found = await storage.apiKeys.findByHash({ hash, now })
    expectEqual(found?.apiKey.lastUsedAt, now + 19, 'An earlier instant never replaces a later one')
  }),
  raceCase('race: no key is created after a concurrent disabling', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId } = user
    let namedKeys = 0
    await concurrently(connections, async (connection, index): Promise<unknown> => {
      if (index !== 7) return connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100 })
      const disabling = await connection.users.disable({ userId, now })
      const { apiKeyIds = [] } = expectOutcome(disabling, 'disabled', 'The user exists')
      namedKeys = apiKeyIds.length
      return disabling
    })
    const keys = await apiKeysOf(storage, userId)
    expectEqual(keys.length, namedKeys, 'A key is either created before the disabling, which lists it, or not at all')
  }),
  ...needing(
    ['email'],
    [
      raceCase('race: no API key of an unconfirmed user outlives a password reset', async (storage, connections) => {
        const { user, sessions, tokens, now } = await storeAccount(storage)
        const { hash } = tokens.resetPassword
        const asking = { sessionId: sessions[0].id, now }
        await concurrently(
          connections,
          (connection, index): Promise<unknown> =>
            index === 7
              ? connection.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
              : connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100, asking }),
        )
        const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
        const { total } = await storage.apiKeys.list({ userId: user.id, limit: 1, offset: 0, ...order })
        expectEqual(total, 0, 'A key is either created before the reset and deleted by it, or not created')
      }),
    ],
  ),
]
