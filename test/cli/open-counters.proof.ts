import t, { type Test } from 'tap'
import { migrateCounters, openCounters, planCounters } from '../../lib/cli/open-counters.js'
import { openStorage } from '../../lib/cli/open-storage.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from '../support/database-server.js'
import { secret } from '../support/secret.js'
import { serveHere } from './fixtures/running-server.js'
import { fastAuthCommand } from './fixtures/shell.js'
import { visitor } from './fixtures/visitor.js'

const [postgres, mysql] = await Promise.all([postgresServer(), mysqlServer()])
type Query = (sql: string) => Promise<unknown>

const servers = [
  {
    kind: 'postgres',
    server: postgres,
    queryOn: (t: Test, url: string): Query => {
      const pool = postgresPool(t, url)
      return sql => pool.query(sql)
    },
  },
  {
    kind: 'mysql',
    server: mysql,
    queryOn: (t: Test, url: string): Query => {
      const pool = mysqlPool(t, url).promise()
      return sql => pool.query(sql)
    },
  },
] as const

for (const { kind, server, queryOn } of servers) {
  t.test(`counters in ${kind}`, { skip: server.missing }, async t => {
    t.test(
      'a dry run lists the table, concurrent migrations make it once, and then a dry run lists nothing',
      async t => {
        const database = { kind, url: await server.createDatabase(t) } as const
        t.match(await planCounters(database), [/^create table .fast_auth_limits. /])
        await Promise.all(Array.from({ length: 4 }, () => migrateCounters(database)))
        t.same(await planCounters(database), [])
      },
    )

    t.test('migrate makes it, and prints its SQL in a dry run', async t => {
      const url = await server.createDatabase(t)
      const migrate = (...words: string[]) => fastAuthCommand(['migrate', ...words], t.testdir(), { DATABASE_URL: url })
      t.match((await migrate('--dry-run')).stdout, /^create table .fast_auth_limits. .+;$/m)
      t.hasStrict(await migrate(), { exitCode: 0 })
      t.same(await planCounters({ kind, url }), [])
    })

    t.test('if the table cannot be made, a sentence says so, and no connection stays open', async t => {
      const url = await server.createDatabase(t)
      const wrong = Object.assign(new URL(url), { port: '1' }).href
      await t.rejects(openCounters({ kind, url: wrong }), {
        message: /^Cannot prepare the database: No server answers/,
      })
    })

    t.test('counters that are closed twice are closed', async t => {
      const counting = await openCounters({ kind, url: await server.createDatabase(t) })
      await Promise.all([counting?.close(), counting?.close()])
    })

    t.test('serve counts in the database, and with RATE_LIMITS=off nowhere', async t => {
      const url = await server.createDatabase(t)
      const query = queryOn(t, url)
      const settings = { DATABASE_URL: url, JWT_SECRET_KEY: secret }
      const quiet = await serveHere(t, t.testdir(), { ...settings, RATE_LIMITS: 'off' })
      t.equal((await visitor(quiet.url).signIn()).status, 401)
      await t.rejects(query('select * from fast_auth_limits'))
      const counting = await serveHere(t, t.testdir(), settings)
      t.equal((await visitor(counting.url).signIn()).status, 401)
      const { length } = Object.values(JSON.parse(JSON.stringify(await query('select * from fast_auth_limits')))).flat()
      t.ok(length >= 3)
    })
  })
}

t.test('a database of this process alone has no counters of its own, and no table', async t => {
  for (const database of [{ kind: 'memory' }, { kind: 'sqlite', file: 'x.db' }] as const) {
    t.equal(await openCounters(database), null)
    t.same(await planCounters(database), [])
    await migrateCounters(database)
  }
})

t.test(
  'a server whose user may not make the table says so, and one for whom it was made starts',
  { skip: postgres.missing },
  async t => {
    const url = await postgres.createDatabase(t)
    const pool = postgresPool(t, url)
    const query = (sql: string) => pool.query(sql)
    await (await openStorage({ kind: 'postgres', url }, t.testdir())).close()
    const writer = `fast_auth_writer_${url.slice(-6)}`
    await query(`create role ${writer} login`)
    t.teardown(() => query(`drop owned by ${writer}; drop role ${writer}`))
    const admit = () => query(`grant select, insert, update, delete on all tables in schema public to ${writer}`)
    await admit()
    const settings = { DATABASE_URL: Object.assign(new URL(url), { username: writer }).href, JWT_SECRET_KEY: secret }
    const refused = await fastAuthCommand(['serve'], t.testdir(), { ...settings, PORT: '0' })
    t.equal(refused.exitCode, 1)
    t.match(refused.stderr, 'The user of DATABASE_URL lacks a privilege. Grant it, or run "fast-auth migrate"')
    await migrateCounters({ kind: 'postgres', url })
    await admit()
    const { url: served } = await serveHere(t, t.testdir(), settings)
    t.equal((await visitor(served).signIn()).status, 401)
  },
)
