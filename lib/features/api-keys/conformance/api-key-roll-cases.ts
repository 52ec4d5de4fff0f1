import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, expectRejection } from '../../../conformance/contract.js'
import { hourMilliseconds, minuteMilliseconds, randomApiKey, randomUser } from '../../../conformance/random-records.js'
import { apiKeyLine, revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import type { ApiKeyRecord } from '../api-key-record.js'
import type { RollApiKey } from '../plan-api-key-roll.js'

/** Returns a request that rolls a key a minute after its creation, without an overlap. */
export function rollOf(apiKey: ApiKeyRecord, overrides: Partial<RollApiKey> = {}): RollApiKey {
  const { id, hash, keyPrefix, lastFour } = randomApiKey(randomUser({ id: apiKey.userId }))
  return {
    apiKeyId: apiKey.id,
    userId: apiKey.userId,
    successor: { id, hash, keyPrefix, lastFour },
    overlapMilliseconds: 0,
    maximumLifetimeMilliseconds: null,
    maximumPerUser: 1_000,
    now: apiKey.createdAt + minuteMilliseconds,
    ...overrides,
  }
}

async function keysOf(storage: Storage, userId: string): Promise<readonly ApiKeyRecord[]> {
  const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
  return (await storage.apiKeys.list({ userId, limit: 100, offset: 0, ...order })).items
}

async function expectSuccessorEnd(
  storage: Storage,
  made: Partial<ApiKeyRecord>,
  request: Partial<RollApiKey>,
  lifetime: number | null,
  rule: string,
): Promise<void> {
  const user = await storeUser(storage)
  const expiresAt = typeof made.expiresAt === 'number' ? user.createdAt + made.expiresAt : null
  const roll = rollOf(await storeApiKey(storage, user, { expiresAt }), request)
  const { successor } = expectOutcome(await storage.apiKeys.roll(roll), 'rolled', rule)
  expectEqual(successor.expiresAt, lifetime === null ? null : roll.now + lifetime, rule)
  expectEqual((await keysOf(storage, user.id)).at(-1), successor, `${rule}: the returned record equals the stored one`)
}

/** Cases for rolling API keys. */
export const apiKeyRollCases: readonly ConformanceCase[] = [
  {
    title: 'apiKeys.roll: the successor has the name and scopes, the old key is removed and in the feed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, tokens } = account
      const [rolled, kept] = account.apiKeys
      const request = rollOf(rolled)
      const { now } = request
      const answer = await storage.apiKeys.roll(request)
      const rule = 'Without an overlap the successor replaces the old key'
      const successor = { ...rolled, ...request.successor, createdAt: now }
      expectEqual(answer, { outcome: 'rolled', successor }, rule)
      expectEqual(await storage.apiKeys.findByHash({ hash: rolled.hash, now }), null, rule)
      expectEqual(
        await storage.apiKeys.findByHash({ hash: successor.hash, now }),
        { apiKey: successor, user, role: null },
        rule,
      )
      const revocations = [apiKeyLine(rolled, now)]
      await expectState(storage, account, { user, sessions, apiKeys: [null, kept], tokens, revocations }, rule)
    },
  },
  {
    title:
      'apiKeys.roll: with an overlap both keys are live until its last millisecond, and the feed has a line immediately',
    async run({ storage }) {
      const user = await storeUser(storage)
      const rolled = await storeApiKey(storage, user)
      const request = rollOf(rolled, { overlapMilliseconds: 1_000 })
      const { now } = request
      await storage.apiKeys.roll(request)
      const rule = 'The old key ends after the overlap'
      const ending = { ...rolled, expiresAt: now + 1_000 }
      const find = (time: number) => storage.apiKeys.findByHash({ hash: rolled.hash, now: time })
      expectEqual(await find(now + 999), { apiKey: ending, user, role: null }, rule)
      expectEqual(await find(now + 1_000), null, rule)
      expectEqual((await keysOf(storage, user.id))[0], ending, `${rule}, and is listed`)
      const lines = await revocationsOf(storage, [rolled.id], user.createdAt)
      expectEqual(lines, [apiKeyLine(rolled, now)], 'Processes that have cached the key must read it again')
    },
  },
  {
    title: 'apiKeys.roll: an overlap never extends the life of the old key',
    async run({ storage }) {
      const user = await storeUser(storage)
      const expiresAt = user.createdAt + minuteMilliseconds + 10
      const rolled = await storeApiKey(storage, user, { expiresAt })
      await storage.apiKeys.roll(rollOf(rolled, { overlapMilliseconds: hourMilliseconds }))
      expectEqual(
        (await keysOf(storage, user.id))[0]?.expiresAt,
        expiresAt,
        'A roll never postpones the expiry of the old key',
      )
    },
  },
  {
    title: 'apiKeys.roll: the successor of a key without expiresAt has none',
    run: ({ storage }) =>
      expectSuccessorEnd(storage, {}, {}, null, 'The successor of a key that never expires never expires'),
  },
  {
    title: 'apiKeys.roll: the successor has the original lifetime of its predecessor',
    run: ({ storage }) =>
      expectSuccessorEnd(storage, { expiresAt: hourMilliseconds }, {}, hourMilliseconds, 'A lifetime is inherited'),
  },
  {
    title: 'apiKeys.roll: the successor of an expired key is live',
    run: ({ storage }) => expectSuccessorEnd(storage, { expiresAt: 5 }, {}, 5, 'The lifetime starts at the roll'),
  },
  {
    title: 'apiKeys.roll: the successor lives no longer than the maximum, even if its predecessor was to live longer',
    async run({ storage }) {
      const request = { maximumLifetimeMilliseconds: 1_000 }
      const rule = 'No successor lives longer than the maximum'
      await expectSuccessorEnd(storage, {}, request, 1_000, rule)
      await expectSuccessorEnd(storage, { expiresAt: hourMilliseconds }, request, 1_000, rule)
      await expectSuccessorEnd(
        storage,
        { expiresAt: 999 },
        request,
        999,
        'The maximum does not extend a shorter lifetime',
      )
    },
  },
  {
    title: 'apiKeys.roll: the successor was never used',
    async run({ storage }) {
      const user = await storeUser(storage)
      const rolled = await storeApiKey(storage, user, { lastUsedAt: user.createdAt + 1 })
      const answer = await storage.apiKeys.roll(rollOf(rolled))
      const { successor } = expectOutcome(answer, 'rolled', 'A used key can be rolled')
      expectEqual(successor.lastUsedAt, null, 'The successor was never used')
    },
  },
  {
    title: 'apiKeys.roll: at the limit a key is rolled without an overlap, and with one limitReached writes nothing',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [first] = account.apiKeys
      const overlapping = rollOf(first, { overlapMilliseconds: 1, maximumPerUser: 2, now: account.now })
      const roll = () => storage.apiKeys.roll(overlapping)
      const rule = 'With an overlap there is one key more'
      expectEqual(await expectUnchanged(storage, account, roll, rule), { outcome: 'limitReached' }, rule)
      expectEqual(await storage.apiKeys.findByHash({ ...overlapping.successor, now: account.now }), null, rule)
      expectOutcome(await storage.apiKeys.roll({ ...overlapping, maximumPerUser: 3 }), 'rolled', 'The limit counts it')
      const inPlace = await storage.apiKeys.roll(rollOf(first, { maximumPerUser: 1 }))
      expectOutcome(inPlace, 'rolled', 'Without an overlap there are as many keys as before')
    },
  },
  {
    title: 'apiKeys.roll: within its overlap a key can be rolled again and deleted, and is deleted with its user',
    async run({ storage }) {
      const user = await storeUser(storage)
      const rolled = await storeApiKey(storage, user)
      const overlap = (overlapMilliseconds: number) => rollOf(rolled, { overlapMilliseconds })
      const { now } = overlap(0)
      for (const milliseconds of [5, 9]) {
        expectOutcome(await storage.apiKeys.roll(overlap(milliseconds)), 'rolled', 'A key can be rolled again')
      }
      const [old, ...successors] = await keysOf(storage, user.id)
      expectEqual([old?.expiresAt, successors.length], [now + 5, 2], 'The first expiry stays')
      const deletion = await storage.apiKeys.delete({ apiKeyId: rolled.id, now })
      expectEqual(deletion, { outcome: 'deleted' }, 'A key within its overlap can be deleted, even at the same instant')
      const lines = await revocationsOf(storage, [rolled.id], now)
      expectEqual(lines, [apiKeyLine(rolled, now)], 'The feed has one line per key and instant')
      const again = await storeApiKey(storage, user, { createdAt: rolled.createdAt })
      await storage.apiKeys.roll(rollOf(again, { overlapMilliseconds: 5 }))
      expectOutcome(
        await storage.users.delete({ userId: user.id, now }),
        'deleted',
        'The user is deleted with all their keys',
      )
      expectEqual(
        await revocationsOf(storage, [again.id], now),
        [apiKeyLine(again, now)],
        'The feed has one line per key and instant',
      )
    },
  },
  {
    title: 'apiKeys.roll: another user’s key is unknown and stays',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeUser(storage)
      for (const overlapMilliseconds of [0, 1_000]) {
        const request = rollOf(account.apiKeys[0], { userId: stranger.id, overlapMilliseconds, now: account.now })
        const rule = 'A key is rolled only if it is the named user’s'
        const roll = () => storage.apiKeys.roll(request)
        expectEqual(await expectUnchanged(storage, account, roll, rule), { outcome: 'unknown' }, rule)
        expectEqual(await keysOf(storage, stranger.id), [], rule)
      }
    },
  },
  {
    title: 'apiKeys.roll: an unknown, deleted or rolled key is unknown and gets no successor',
    async run({ storage }) {
      const user = await storeUser(storage)
      const [deleted, rolled] = [await storeApiKey(storage, user), await storeApiKey(storage, user)]
      const made = randomApiKey(user, { id: randomUUID() })
      await storage.apiKeys.delete({ apiKeyId: deleted.id, now: user.createdAt })
      await storage.apiKeys.roll(rollOf(rolled))
      const before = await keysOf(storage, user.id)
      for (const apiKey of [made, deleted, rolled]) {
        expectEqual(await storage.apiKeys.roll(rollOf(apiKey)), { outcome: 'unknown' }, 'There is no such key to roll')
      }
      expectEqual(await keysOf(storage, user.id), before, 'An unknown key gets no successor')
    },
  },
  {
    title: 'apiKeys.roll: a hash that another key has is rejected and the old key stays as it was',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [rolled, { hash }] = account.apiKeys
      const rule = 'A hash names one key'
      for (const overlapMilliseconds of [0, 1_000]) {
        const request = rollOf(rolled, { overlapMilliseconds, now: account.now })
        const taken = { ...request, successor: { ...request.successor, hash } }
        await expectUnchanged(storage, account, () => expectRejection(storage.apiKeys.roll(taken), rule), rule)
      }
    },
  },
]
