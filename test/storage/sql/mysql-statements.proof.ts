import type { PoolOptions } from 'mysql2'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { mysqlStorage } from '../../../lib/engines/mysql.js'
import { collationOf } from '../../../lib/storage/sql/mysql-engine.js'
import { breakableServer } from '../../support/breakable-server.js'
import { mysqlPool, mysqlServer } from '../../support/database-server.js'
import { anApiKey, aUser } from './fixtures/records.js'

const server = await mysqlServer()

function test(title: string, body: (t: Test, url: string) => Promise<void>): void {
  t.test(title, { skip: server.missing }, async t => body(t, await server.createDatabase(t)))
}

const one = { connectionLimit: 1 }

test('a value is no part of a statement, also where a backslash means nothing to the server', async (t, url) => {
  const pool = mysqlPool(t, url, one)
  await pool.promise().query("set session sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES'")
  const storage = mysqlStorage({ pool })
  await storage.migrate()
  const user = aUser({ email: "a\\' or 1=1 -- ", profile: { quote: "\\'" } })
  await storage.users.create(signUpOf(user))
  t.same(await storage.users.findByEmail({ email: user.email }), user)
  t.equal(await storage.users.findByEmail({ email: "x\\' or 1=1 -- " }), null)
})

test('how the pool has rows look, and integers, is no matter here', async (t, url) => {
  const settings: PoolOptions = {
    rowsAsArray: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    namedPlaceholders: true,
    typeCast: () => 'no',
  }
  const storage = mysqlStorage({ pool: mysqlPool(t, url, settings).promise() })
  await storage.migrate()
  const user = aUser({ emailConfirmedAt: 253_402_300_799_999 })
  const apiKey = anApiKey(user)
  await storage.users.create(signUpOf(user))
  await storage.apiKeys.create({ apiKey, maximumPerUser: 1 })
  t.strictSame(await storage.users.find({ userId: user.id }), user)
  const page = { userId: user.id, limit: 5, offset: 0, sortBy: 'name', sortOrder: 'asc' } as const
  t.strictSame(await storage.apiKeys.list(page), { items: [apiKey], total: 1 })
})

test('a text too long for an index is refused, not cut off', async (t, url) => {
  const storage = mysqlStorage({ pool: mysqlPool(t, url) })
  await storage.migrate()
  const email = `${'a'.repeat(512)}@example.test`
  await t.rejects(storage.users.create(signUpOf(aUser({ email }))), { code: 'ER_DATA_TOO_LONG' })
})

test('a statement without an answer is given up in time, and its connection is closed', async (t, url) => {
  const broken = await breakableServer(t, url)
  const storage = mysqlStorage({ pool: mysqlPool(t, broken.url, one), statementTimeoutMilliseconds: 100 })
  await storage.migrate()
  broken.fallSilent()
  await t.rejects(storage.users.find({ userId: 'x' }), { message: 'The database did not answer within 100 ms' })
  broken.recover()
  t.equal(await storage.users.find({ userId: 'x' }), null)
})

test('an unreachable server causes the error of the driver', async (t, url) => {
  const broken = await breakableServer(t, url)
  const storage = mysqlStorage({ pool: mysqlPool(t, broken.url) })
  broken.breakDown()
  await t.rejects(storage.ping())
  broken.recover()
  await t.resolves(storage.ping())
})

test('a migration that waits for another too long says so', async (t, url) => {
  const pool = mysqlPool(t, url)
  const holder = await pool.promise().getConnection()
  await holder.query("select get_lock(sha1(concat('fast-auth ', database())), 0)")
  const killed = mysqlStorage({ pool }).migrate()
  const waiting =
    "select id from information_schema.processlist where info like '%get_lock(sha1%' and state like 'User lock' and db = database()"
  let id: unknown
  while (id === undefined) id = Reflect.get(Object(Object((await holder.query(waiting))[0])[0]), 'id')
  await holder.query(`kill query ${id}`)
  await t.rejects(killed, /Another process is migrating the database/)
  await holder.query('select release_all_locks()')
  holder.release()
  await t.resolves(mysqlStorage({ pool }).migrate())
})

t.test('MariaDB and MySQL each have a name of their own for the collation of bytes without padding', async t => {
  t.equal(collationOf('10.11.6-MariaDB-1:10.11.6+maria~deb12'), 'utf8mb4_nopad_bin')
  t.equal(collationOf('8.0.36'), 'utf8mb4_0900_bin')
})
