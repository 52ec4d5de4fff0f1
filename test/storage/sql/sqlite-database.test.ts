import { join } from 'node:path'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { migrations } from '../../../lib/engines/sql-migrations.js'
import type { SqliteHandle } from '../../../lib/engines/sqlite.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'
import { anApiKey, aSession, aUser, now, rotationOf } from './fixtures/records.js'

t.test('a database that was handed in stays open when the storage is closed', async t => {
  const database = openHandle(t, ':memory:')
  const storage = openStorage(t, { database })
  await storage.migrate()
  await storage.close()
  t.same(
    database.prepare('select name from fast_auth_migrations order by version').all(),
    migrations.map(({ name }) => ({ name })),
  )
  await t.rejects(storage.ping(), { message: 'The SQLite storage is closed' })
})

t.test('the journal of a database that was handed in is left to the host', async t => {
  const database = openHandle(t, join(t.testdir({}), 'auth.db'))
  await openStorage(t, { database }).migrate()
  t.same(database.prepare('pragma journal_mode').all(), [{ journal_mode: 'delete' }])
})

t.test('SQLite itself never waits for a lock on a database that was handed in', async t => {
  const database = openHandle(t, ':memory:')
  database.exec('pragma busy_timeout = 5000')
  openStorage(t, { database })
  t.same(database.prepare('pragma busy_timeout').all(), [{ timeout: 0 }])
})

t.test('a full disk refuses writes but not reads, and leaves no partial write when there is space again', async t => {
  const database = openHandle(t, ':memory:')
  const storage = openStorage(t, { database })
  await storage.migrate()
  const [present, absent] = [aUser(), aUser({ profile: { text: 'long'.repeat(10_000) } })]
  await storage.users.create(signUpOf(present))
  database.exec('pragma max_page_count = 1')
  await t.rejects(storage.users.create(signUpOf(absent, { session: aSession(absent) })), /database or disk is full/)
  t.same(await storage.users.find({ userId: present.id }), present)
  database.exec('pragma max_page_count = 1000000')
  t.equal(await storage.users.find({ userId: absent.id }), null)
  t.same(await storage.users.create(signUpOf(absent, { session: aSession(absent) })), { outcome: 'created' })
})

interface SqliteModule {
  readonly DatabaseSync: new (file: string) => SqliteHandle
}

const nodeSqlite = process.getBuiltinModule?.('node:sqlite') as SqliteModule | undefined

async function exercise(t: Test, database: SqliteHandle): Promise<void> {
  const storage = openStorage(t, { database })
  await storage.migrate()
  const user = aUser()
  const session = aSession(user)
  const apiKey = anApiKey(user)
  t.same(await storage.users.create(signUpOf(user, { session })), { outcome: 'created' })
  t.same(await storage.users.create(signUpOf(user, { session })), { outcome: 'emailTaken' })
  t.matchOnly(await storage.sessions.rotate(rotationOf(session)), {
    outcome: 'rotated',
    session: { ...session, generation: 1, expiresAt: Number },
    user,
  })
  t.same(await storage.apiKeys.create({ apiKey, maximumPerUser: 1 }), { outcome: 'created' })
  t.same(await storage.apiKeys.findByHash({ hash: apiKey.hash, now }), { apiKey, user, role: null })
  t.same(await storage.users.create(signUpOf(aUser({ id: user.id }))), { outcome: 'idTaken' })
  const other = aUser()
  const sameSession = { ...aSession(other), id: session.id }
  await t.rejects(storage.users.create(signUpOf(other, { session: sameSession })), /UNIQUE constraint failed/)
  t.equal(await storage.users.find({ userId: other.id }), null)
  t.same(await storage.users.find({ userId: user.id }), user)
}

t.test('a Database of libsql is a database to hand in', t => exercise(t, openHandle(t, ':memory:')))

t.test(
  'a DatabaseSync of node:sqlite is a database to hand in',
  {
    skip: nodeSqlite === undefined && 'node:sqlite comes with Node.js 22; .ci/node-sqlite.mjs proves the storage there',
  },
  async t => {
    const database = nodeSqlite && new nodeSqlite.DatabaseSync(':memory:')
    if (database !== undefined) await exercise(t, database)
  },
)
