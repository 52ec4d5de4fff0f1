import { randomUUID } from 'node:crypto'
import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { randomApiKey, randomApiKeyHash, randomTime, randomUser } from '../../../conformance/random-records.js'
import { apiKeyLine, revocationsOf } from '../../../conformance/revocation-feed.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount, storeApiKey, storeUser } from '../../../conformance/stored-records.js'

/** Cases for creating, finding and deleting API keys. */
export const apiKeysCases: readonly ConformanceCase[] = [
  {
    title: 'apiKeys.create: the key is found with its user, exactly as written',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { createdAt } = user
      const apiKey = await storeApiKey(storage, user, { expiresAt: createdAt + 5, lastUsedAt: createdAt + 3 })
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: createdAt })
      expectEqual(found, { apiKey, user, role: null }, 'A key comes back as written, with its user')
    },
  },
  {
    title: 'apiKeys.create: the key at the limit is created, the next is limitReached and not written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const third = randomApiKey(user)
      const creation = await storage.apiKeys.create({ apiKey: third, maximumPerUser: 3 })
      expectEqual(creation, { outcome: 'created' }, 'The limit counts the new key')
      const fourth = randomApiKey(user)
      const create = () => storage.apiKeys.create({ apiKey: fourth, maximumPerUser: 3 })
      const rule = 'One key more than the limit is refused'
      expectEqual(await expectUnchanged(storage, account, create, rule), { outcome: 'limitReached' }, rule)
      expectEqual(await storage.apiKeys.findByHash({ hash: fourth.hash, now }), null, rule)
    },
  },
  {
    title: 'apiKeys.create: expired keys count towards the limit',
    async run({ storage }) {
      const user = await storeUser(storage)
      await storeApiKey(storage, user, { expiresAt: user.createdAt })
      const creation = await storage.apiKeys.create({
        apiKey: randomApiKey(user, { createdAt: user.createdAt + 1 }),
        maximumPerUser: 1,
      })
      expectEqual(creation, { outcome: 'limitReached' }, 'An expired key counts until it is deleted')
    },
  },
  {
    title: 'apiKeys.create: a deleted key no longer counts towards the limit',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { id: apiKeyId } = await storeApiKey(storage, user)
      await storage.apiKeys.delete({ apiKeyId, now: user.createdAt })
      const creation = await storage.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 1 })
      expectEqual(creation, { outcome: 'created' }, 'A deleted key does not count')
    },
  },
  {
    title: 'apiKeys.create: keys of other users do not count towards the limit',
    async run({ storage }) {
      await storeApiKey(storage, await storeUser(storage))
      const apiKey = randomApiKey(await storeUser(storage))
      const creation = await storage.apiKeys.create({ apiKey, maximumPerUser: 1 })
      expectEqual(creation, { outcome: 'created' }, 'The limit applies to each user separately')
    },
  },
  {
    title: 'apiKeys.create: for an unknown user nothing is written',
    async run({ storage }) {
      const user = randomUser()
      const apiKey = randomApiKey(user)
      const creation = await storage.apiKeys.create({ apiKey, maximumPerUser: 10 })
      expectEqual(creation, { outcome: 'unknownUser' }, 'No user has this id')
      await storage.users.create(signUpOf(user))
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: user.createdAt })
      expectEqual(found, null, 'A key without a user is not stored')
    },
  },
  {
    title: 'apiKeys.create: a hash that another key has is rejected and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeAccount(storage, { createdAt: account.user.createdAt })
      const before = await stateOf(storage, account)
      const [{ hash }] = account.apiKeys
      const apiKey = randomApiKey(stranger.user, { hash })
      const rule = 'Hashes are unique'
      const create = () => expectRejection(storage.apiKeys.create({ apiKey, maximumPerUser: 10 }), rule)
      await expectUnchanged(storage, stranger, create, rule)
      await expectState(storage, account, before, rule)
    },
  },
  {
    title: 'apiKeys.findByHash: a key is live until the last millisecond before expiresAt',
    async run({ storage }) {
      const user = await storeUser(storage)
      const expiresAt = user.createdAt + 1_000
      const apiKey = await storeApiKey(storage, user, { expiresAt })
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: expiresAt - 1 })
      expectEqual(found, { apiKey, user, role: null }, 'A key is live while now < expiresAt')
    },
  },
  {
    title: 'apiKeys.findByHash: a key is expired at exactly expiresAt',
    async run({ storage }) {
      const user = await storeUser(storage)
      const expiresAt = user.createdAt + 1_000
      const { hash } = await storeApiKey(storage, user, { expiresAt })
      const found = await storage.apiKeys.findByHash({ hash, now: expiresAt })
      expectEqual(found, null, 'A key is expired from expiresAt on')
    },
  },
  {
    title: 'apiKeys.findByHash: a key without expiresAt never expires',
    async run({ storage }) {
      const user = await storeUser(storage)
      const apiKey = await storeApiKey(storage, user)
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: 253_402_300_799_999 })
      expectEqual(found, { apiKey, user, role: null }, 'A key whose expiresAt is null is live at any instant')
    },
  },
  {
    title: 'apiKeys.findByHash: an unknown hash is answered with null',
    async run({ storage }) {
      const found = await storage.apiKeys.findByHash({ hash: randomApiKeyHash(), now: randomTime() })
      expectEqual(found, null, 'No key has a new random hash')
    },
  },
  {
    title: 'apiKeys.delete: the key is removed and in the feed, and the user’s other records stay',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, tokens, now } = account
      const [deleted, kept] = account.apiKeys
      const answer = await storage.apiKeys.delete({ apiKeyId: deleted.id, now })
      const rule = 'A deleted key is removed, and in the feed'
      expectEqual(answer, { outcome: 'deleted' }, rule)
      expectEqual(await storage.apiKeys.findByHash({ hash: deleted.hash, now }), null, rule)
      const revocations = [apiKeyLine(deleted, now)]
      await expectState(storage, account, { user, sessions, apiKeys: [null, kept], tokens, revocations }, rule)
    },
  },
  {
    title: 'apiKeys.delete: a key is deleted if userId names its owner',
    async run({ storage }) {
      const { user, apiKeys, now } = await storeAccount(storage)
      const [{ id: apiKeyId, hash }] = apiKeys
      const answer = await storage.apiKeys.delete({ apiKeyId, userId: user.id, now })
      expectEqual(answer, { outcome: 'deleted' }, 'The key is this user’s')
      expectEqual(await storage.apiKeys.findByHash({ hash, now }), null, 'A deleted key no longer exists')
    },
  },
  {
    title: 'apiKeys.delete: another user’s key is unknown and stays',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeUser(storage)
      const [{ id: apiKeyId }] = account.apiKeys
      const attempt = () => storage.apiKeys.delete({ apiKeyId, userId: stranger.id, now: account.now })
      const rule = 'A key is deleted only if it is the named user’s'
      expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'unknown' }, rule)
    },
  },
  {
    title: 'apiKeys.delete: an expired key can be deleted',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { id: apiKeyId } = await storeApiKey(storage, user, { expiresAt: user.createdAt })
      const answer = await storage.apiKeys.delete({ apiKeyId, userId: user.id, now: user.createdAt })
      expectEqual(answer, { outcome: 'deleted' }, 'An expired key still exists')
    },
  },
  {
    title: 'apiKeys.delete: the second deletion is answered with unknown and adds nothing to the feed',
    async run({ storage }) {
      const { apiKeys, now } = await storeAccount(storage)
      const [apiKey] = apiKeys
      await storage.apiKeys.delete({ apiKeyId: apiKey.id, now })
      const rule = 'A key is deleted once'
      const answer = await storage.apiKeys.delete({ apiKeyId: apiKey.id, now: now + 1 })
      expectEqual(answer, { outcome: 'unknown' }, rule)
      expectEqual(await revocationsOf(storage, [apiKey.id], now), [apiKeyLine(apiKey, now)], rule)
    },
  },
  {
    title: 'apiKeys.delete: an unknown key is answered with unknown and is not in the feed',
    async run({ storage }) {
      const apiKeyId = randomUUID()
      const now = randomTime()
      const rule = 'There is no such key to delete'
      expectEqual(await storage.apiKeys.delete({ apiKeyId, now }), { outcome: 'unknown' }, rule)
      expectEqual(await revocationsOf(storage, [apiKeyId], now), [], rule)
    },
  },
]
