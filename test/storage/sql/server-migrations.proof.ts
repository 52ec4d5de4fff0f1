import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { mysqlStorage } from '../../../lib/engines/mysql.js'
import { postgresStorage } from '../../../lib/engines/postgres.js'
import { migrations } from '../../../lib/engines/sql-migrations.js'
import type { SqlStorage } from '../../../lib/engines/sql-storage.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from '../../support/database-server.js'
import { aMessage, anApiKey, aSession, aToken, aUser, now } from './fixtures/records.js'

t.setTimeout(300_000)

interface Database {
  readonly url: string
  readonly storage: SqlStorage
  query(sql: string): Promise<unknown[]>
}

interface Kind {
  readonly name: string
  readonly missing: string | false
  open(t: Test): Promise<Database>
}

const [postgres, mysql] = [await postgresServer(), await mysqlServer()]

const kinds: readonly Kind[] = [
  {
    name: 'PostgreSQL',
    missing: postgres.missing,
    async open(t) {
      const url = await postgres.createDatabase(t)
      const pool = postgresPool(t, url)
      return { url, storage: postgresStorage({ pool }), query: async sql => (await pool.query(sql)).rows }
    },
  },
  {
    name: 'MySQL',
    missing: mysql.missing,
    async open(t) {
      const url = await mysql.createDatabase(t)
      const pool = mysqlPool(t, url)
      const query = async (sql: string) => Array.from(Object((await pool.promise().query(sql))[0]))
      return { url, storage: mysqlStorage({ pool }), query }
    },
  },
]

const appliedIn = async ({ query }: Database) =>
  (await query('select version, name from fast_auth_migrations order by version')).map(row => {
    const { version, name } = Object(row)
    return { version: Number(version), name }
  })
const everyMigration = migrations.map(({ name }, index) => ({ version: index + 1, name }))
const lineOf = (version: number) => `values (${version},`

async function startMigration(t: Test, url: string) {
  const child = fork(fileURLToPath(new URL('fixtures/migrate-server.ts', import.meta.url)), [url])
  t.teardown(() => child.kill('SIGKILL'))
  await once(child, 'message')
  return child
}

for (const { name, missing, open } of kinds) {
  t.test(name, { skip: missing }, async t => {
    t.test('two processes that migrate a new database concurrently both succeed', async t => {
      const database = await open(t)
      const children = await Promise.all([startMigration(t, database.url), startMigration(t, database.url)])
      const exits = children.map(child => once(child, 'exit'))
      for (const child of children) child.send('go')
      t.same(await Promise.all(exits), [
        [0, null],
        [0, null],
      ])
      t.same(await appliedIn(database), everyMigration)
      t.same(await database.storage.planMigration(), [])
    })

    t.test('the printed plan, run by hand, is the migration', async t => {
      const database = await open(t)
      for (const statement of await database.storage.planMigration()) await database.query(statement)
      t.same(await database.storage.planMigration(), [])
      await database.storage.migrate()
      t.same(await appliedIn(database), everyMigration)
      t.same(await database.storage.users.create(signUpOf(aUser())), { outcome: 'created' })
    })

    t.test('a plan changes nothing', async t => {
      const { storage, query } = await open(t)
      t.ok((await storage.planMigration()).length > 20)
      await t.rejects(query('select * from fast_auth_migrations'))
    })

    t.test('a database of version 3 is brought on with everything that is in it', async t => {
      const { storage, query } = await open(t)
      const plan = await storage.planMigration()
      const fromFour = plan.findIndex(statement => statement.includes(lineOf(3))) + 1
      for (const statement of plan.slice(0, fromFour)) await query(statement)
      t.same(await storage.planMigration(), plan.slice(fromFour))
      await query(
        `insert into fast_auth_users (id, email, password_hash, profile, created_at) values ('old', 'old@example.test', 'h', '{"a":1}', ${now})`,
      )
      await storage.migrate()
      t.hasStrict(await storage.users.findByEmail({ email: 'old@example.test' }), {
        id: 'old',
        profile: { a: 1 },
        createdAt: now,
        lastSignInAt: null,
      })
    })

    t.test('a database migrated by a newer release is refused in a sentence', async t => {
      const { storage, query } = await open(t)
      await storage.migrate()
      await query("insert into fast_auth_migrations (version, name) values (1000, 'of the future')")
      const refusal = /has the migration "of the future" of a newer release of fast-auth, which this one does not know/
      await t.rejects(storage.migrate(), refusal)
      await t.rejects(storage.planMigration(), refusal)
    })
  })
}

t.test('MySQL: cut off after any statement, a migration is gone on with', { skip: mysql.missing }, async t => {
  const pool = mysqlPool(t, await mysql.createDatabase(t))
  const cuts = (await mysqlStorage({ pool }).planMigration()).keys()
  for (const cut of cuts) {
    const storage = mysqlStorage({ pool, tablePrefix: `cut_${cut}_` })
    const plan = await storage.planMigration()
    for (const statement of plan.slice(0, cut)) await pool.promise().query(statement)
    await storage.migrate()
    t.same(await storage.planMigration(), [])
    const user = aUser()
    await storage.users.create(
      signUpOf(user, { session: aSession(user), token: aToken(user), messages: [aMessage(user)] }),
    )
    t.same(await storage.apiKeys.create({ apiKey: anApiKey(user), maximumPerUser: 1 }), { outcome: 'created' })
  }
})

t.test('PostgreSQL: a migration that fails leaves nothing of itself', { skip: postgres.missing }, async t => {
  const pool = postgresPool(t, await postgres.createDatabase(t))
  const storage = postgresStorage({ pool })
  const tables = async () => (await pool.query('select relname from pg_stat_user_tables order by 1')).rows
  await pool.query('create table fast_auth_revocations (theirs integer)')
  await t.rejects(storage.migrate(), { code: '42P07' })
  t.same(await tables(), [{ relname: 'fast_auth_migrations' }, { relname: 'fast_auth_revocations' }])
  await pool.query('drop table fast_auth_revocations')
  await storage.migrate()
  t.same(await storage.planMigration(), [])
})
