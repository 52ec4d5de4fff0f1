import { missingMethods } from '../storage/missing-methods.js'
import { expectState, stateOf } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { methodsWith } from './optional-features.js'
import { sessionLine } from './revocation-feed.js'
import { storeAccount } from './stored-records.js'

/** Changes every field of every record in the value; frozen records stay unchanged. */
function overwrite(records: unknown): void {
  if (typeof records !== 'object' || records === null) return
  for (const [field, content] of Object.entries(records)) {
    overwrite(content)
    Reflect.set(records, field, 'overwritten')
  }
}

/** Cases for the method list, migrations and connections. */
export const lifecycleCases: readonly ConformanceCase[] = [
  {
    title: 'lifecycle: the storage has every method of the port',
    async run({ storage, features }) {
      const lacking = missingMethods(storage, methodsWith(features))
      expectEqual(lacking, [], 'A storage has every method of the port')
    },
  },
  {
    title: 'migrate: repeated and concurrent calls change nothing',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      await storage.migrate()
      await Promise.all([storage.migrate(), storage.migrate(), storage.migrate()])
      await expectState(storage, account, before, 'Repeating a migration changes nothing')
    },
  },
  {
    title: 'migrate: a call on a second connection changes nothing',
    async run({ storage, connect }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      const second = (await connect?.()) ?? storage
      await Promise.all([storage.migrate(), second.migrate()])
      await expectState(second, account, before, 'Several processes can migrate concurrently')
    },
  },
  {
    title: 'ping: resolves if the database answers',
    async run({ storage }) {
      expectEqual(await storage.ping(), undefined, 'A ping resolves if the database answers')
    },
  },
  {
    title: 'lifecycle: every connection sees the writes of the others in its next call',
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
    title: 'close: closing one connection does not affect the others',
    async run({ storage, connect, disconnect }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      if (connect !== null) await disconnect(await connect())
      await expectState(storage, account, before, 'Closing a connection removes nothing')
    },
  },
  {
    title: 'lifecycle: changing a returned record does not change the stored one',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const before = structuredClone(await stateOf(storage, account))
      overwrite(await stateOf(storage, account))
      await expectState(storage, account, before, 'A returned record is a copy')
    },
  },
  {
    title: 'lifecycle: changing a record after the call does not change the stored one',
    async run({ storage }) {
      const given = await storeAccount(storage)
      const account = structuredClone(given)
      const before = structuredClone(await stateOf(storage, account))
      overwrite(given)
      await expectState(storage, account, before, 'A record in a request is copied')
    },
  },
]
