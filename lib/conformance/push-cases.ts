import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '../composition/storage.js'
import type { RevocationListener } from '../storage/revocation-store.js'
import type { ConformanceCase, ConformanceEnvironment } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { revocationsOf } from './revocation-feed.js'
import { storeAccount } from './stored-records.js'

const limitMilliseconds = 3_000

interface Listening {
  readonly listener: RevocationListener
  /** Number of notifications, of any kind. */
  readonly count: number
  /** Resolves at the first notification after which the feed has a line of this session or key. */
  toldOf(id: string): Promise<void>
}

type Account = Awaited<ReturnType<typeof storeAccount>>

/** Listens on the storage, and reads the feed at each notification. */
async function listenTo(storage: Storage, { sessions, apiKeys, now }: Account): Promise<Listening> {
  const ids = [...sessions, ...apiKeys].map(({ id }) => id)
  const found = new Set<string>()
  const failures: unknown[] = []
  const note = failures.push.bind(failures)
  let count = 0

  async function read(): Promise<void> {
    for (const { id } of await revocationsOf(storage, ids, now)) found.add(id)
  }

  const listener = await storage.revocations.listen?.({
    onRevocation() {
      count += 1
      read().catch(note)
    },
    onLoss: note,
  })
  assert.ok(listener !== undefined, 'What is proven with `push` can listen: the storage never could')
  return {
    listener,
    get count() {
      return count
    },
    async toldOf(id) {
      const giveUpAt = performance.now() + limitMilliseconds
      const rule = 'A listener is notified of a revocation once the feed has it'
      while (!found.has(id)) {
        assert.ok(
          performance.now() < giveUpAt,
          `${rule}: the storage never notified it then ${failures.join()}`.trimEnd(),
        )
        await sleep(5)
      }
    },
  }
}

type Revoke = (storage: Storage, account: Account) => Promise<string>

const deletedKey = 'a key that is deleted'

/** All ways to end a session or a key; each returns the id of one that ended. */
const revocations: Readonly<Record<string, Revoke>> = {
  'a session that is ended': async ({ sessions }, { sessions: [{ id: sessionId }], now }) => {
    await sessions.revoke({ sessionId, now })
    return sessionId
  },
  'all sessions that are ended': async ({ sessions }, { user, sessions: [, , { id }], now }) => {
    await sessions.revokeAll({ userId: user.id, now })
    return id
  },
  [deletedKey]: async ({ apiKeys }, { apiKeys: [{ id: apiKeyId }], now }) => {
    await apiKeys.delete({ apiKeyId, now })
    return apiKeyId
  },
  'a user who is disabled': async ({ users }, { user, sessions: [{ id }], now }) => {
    await users.disable({ userId: user.id, now })
    return id
  },
  'a user who is deleted': async ({ users }, { user, sessions: [{ id }], now }) => {
    await users.delete({ userId: user.id, now })
    return id
  },
}

async function expectTold({ storage, connect }: ConformanceEnvironment, revoke: Revoke): Promise<void> {
  const account = await storeAccount(storage)
  const other = (await connect?.()) ?? storage
  const all = [await listenTo(storage, account), await listenTo(other, account)]
  try {
    const id = await revoke(storage, account)
    await Promise.all(all.map(one => one.toldOf(id)))
  } finally {
    for (const { listener } of all) await listener.close()
  }
}

/** Cases for notifications of revocations. */
export const pushCases: readonly ConformanceCase[] = [
  {
    title: 'revocations.listen: a storage that has it is tested with the option push',
    async run({ storage, push = false }) {
      const rule = 'Pass the option `push: true` if and only if the storage has revocations.listen'
      expectEqual(storage.revocations.listen !== undefined, push, rule)
    },
  },
  ...Object.entries(revocations).map(
    ([name, revoke]): ConformanceCase => ({
      title: `revocations.listen: a listener on any connection is notified of ${name} when the feed has it`,
      needs: 'push',
      features: name === deletedKey ? ['api-keys'] : [],
      run: environment => expectTold(environment, revoke),
    }),
  ),
  {
    title: 'revocations.listen: a closed listener is no longer notified, and others are',
    needs: 'push',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [{ id: sessionId }] = account.sessions
      const [closed, open] = [await listenTo(storage, account), await listenTo(storage, account)]
      await closed.listener.close()
      const before = closed.count
      await storage.sessions.revoke({ sessionId, now: account.now })
      await open.toldOf(sessionId).finally(() => open.listener.close())
      expectEqual(closed.count, before, 'A closed listener is not notified')
    },
  },
  {
    title: 'revocations.listen: a connected listener answers a ping, and may be closed twice',
    needs: 'push',
    async run({ storage }) {
      const { listener } = await listenTo(storage, await storeAccount(storage))
      expectEqual(await listener.ping(), undefined, 'A ping resolves if the listener is connected')
      await listener.close()
      await listener.close()
      await storage.ping()
    },
  },
]
