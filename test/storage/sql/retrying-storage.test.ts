import t from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { memoryStorage } from '../../../lib/engines/memory.js'
import { mysqlEngine } from '../../../lib/storage/sql/mysql-engine.js'
import { postgresEngine } from '../../../lib/storage/sql/postgres-engine.js'
import { retryingStorage } from '../../../lib/storage/sql/retrying-storage.js'
import { sqliteEngine } from '../../../lib/storage/sql/sqlite-engine.js'

const lost = new Error('deadlock')
const refused = new Error('cannot execute UPDATE in a read-only transaction')

/** A storage whose `ping` loses its first races, and the races it was asked for. */
function losing(times: number, error: unknown = lost): { readonly storage: Storage; attempts(): number } {
  let attempts = 0
  const ping = async () => {
    attempts += 1
    if (attempts <= times) throw error
  }
  const storage = retryingStorage(
    { ...memoryStorage(), ping },
    { isLostRace: thrown => thrown === lost, isRefusal: thrown => thrown === refused },
  )
  return { storage, attempts: () => attempts }
}

t.test('a method that lost a race begins again', async t => {
  const { storage, attempts } = losing(7)
  await storage.ping()
  t.equal(attempts(), 8)
})

t.test('a method that loses every race rejects with what the database said', async t => {
  const { storage, attempts } = losing(100)
  await t.rejects(storage.ping(), lost)
  t.equal(attempts(), 8)
})

t.test('a method whose connection is refused begins again twice, on new connections', async t => {
  const once = losing(1, refused)
  await once.storage.ping()
  t.equal(once.attempts(), 2)
  const always = losing(100, refused)
  await t.rejects(always.storage.ping(), refused)
  t.equal(always.attempts(), 3)
})

t.test('a method that fails for another reason is not retried', async t => {
  const { storage, attempts } = losing(1, new Error('disk full'))
  await t.rejects(storage.ping(), { message: 'disk full' })
  t.equal(attempts(), 1)
})

t.test('PostgreSQL: a serialization failure, a deadlock and a duplicate are lost races', async t => {
  for (const code of ['40001', '40P01', '23505']) t.ok(postgresEngine.isLostRace({ code }), code)
  for (const error of [{ code: '0A000', message: 'not supported' }, { code: '57014' }, new Error('x'), null, 'x'])
    t.notOk(postgresEngine.isLostRace(error))
})

t.test('MySQL: a deadlock and a duplicate are lost races, a lock that was waited for in vain is not', async t => {
  for (const errno of [1062, 1213]) t.ok(mysqlEngine.isLostRace({ errno }), String(errno))
  for (const error of [{ errno: 1205 }, new Error('x'), null]) t.notOk(mysqlEngine.isLostRace(error))
})

t.test('SQLite has no races to lose', async t => {
  t.notOk(sqliteEngine.isLostRace(lost))
})
