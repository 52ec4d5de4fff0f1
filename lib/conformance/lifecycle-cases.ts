import { lifecycleMethods, storageMethods } from '../storage/storage-methods.js'
import { expectState, stateOf } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { sessionLine } from './revocation-feed.js'
import { storeAccount } from './stored-records.js'

/** Changes every field of every record in it; a frozen record stays as it is. */
function overwrite(records: unknown): void {
  if (typeof records !== 'object' || records === null) return
  for (const [field, content] of Object.entries(records)) {
    overwrite(content)
    Reflect.set(records, field, 'overwritten')
  }
}

/** Methods, migrations, connections. */
export const lifecycleCases: readonly ConformanceCase[] = [
  {
    title: 'lifecycle: every method of the port is there',
    async run({ storage }) {
      const lacking = [
        ...lifecycleMethods.filter(method => typeof storage[method] !== 'function'),
        ...Object.entries(storageMethods).flatMap(([group, methods]) => {
          const store = storage[group as keyof typeof storageMethods]
          const missing = methods.filter(method => typeof Reflect.get(store, method) !== 'function')
          return missing.map(method => `${group}.${method}`)
        }),
      ]
      expectEqual(lacking, [], 'A storage has every method of the port')
    },
  },
  {
    title: 'migrate: again, and several times at once, it changes nothing',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      await storage.migrate()
      await Promise.all([storage.migrate(), storage.migrate(), storage.migrate()])
      await expectState(storage, account, before, 'A migration is safe to repeat')
    },
  },
  {
    title: 'migrate: from a second connection it changes nothing',
    async run({ storage, connect }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      const second = (await connect?.()) ?? storage
      await Promise.all([storage.migrate(), second.migrate()])
      await expectState(second, account, before, 'A migration is safe from several processes at once')
    },
  },
  {
    title: 'ping: resolves where the database answers',
    async run({ storage }) {
      expectEqual(await storage.ping(), undefined, 'A database that answers is told by resolving')
    },
  },
  {
    title: 'lifecycle: what one connection wrote, every other sees in its next call',
    async run({ storage, connect }) {
      const second = (await connect?.()) ?? storage
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      const rule = 'A write is seen by every later call on every connection'
      await expectState(second, account, before, rule)
      const [session, ...others] = account.sessions
      await second.sessions.revoke({ sessionId: session.id, now: account.now })
      const revocations = [sessionLine(session, account.now)]
      await expectState(storage, account, { sessions: [null, ...others], revocations }, rule)
    },
  },
  {
    title: 'close: one connection closes and the others go on working',
    async run({ storage, connect, disconnect }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      if (connect !== null) await disconnect(await connect())
      await expectState(storage, account, before, 'A closed connection takes nothing with it')
    },
  },
  {
    title: 'lifecycle: a record that was handed out can be changed without changing the store',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const before = structuredClone(await stateOf(storage, account))
      overwrite(await stateOf(storage, account))
      await expectState(storage, account, before, 'A record that was handed out is a copy')
    },
  },
  {
    title: 'lifecycle: a record that was handed in can be changed without changing the store',
    async run({ storage }) {
      const given = await storeAccount(storage)
      const account = structuredClone(given)
      const before = structuredClone(await stateOf(storage, account))
      overwrite(given)
      await expectState(storage, account, before, 'A record that was handed in is copied')
    },
  },
]
