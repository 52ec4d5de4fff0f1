import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { PasswordHash } from '../../lib/composition/storage.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { mysqlStorage } from '../../lib/engines/mysql.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { redisStorage } from '../../lib/engines/redis.js'
import { privateRedis, withoutRedisServer } from '../storage/redis/fixtures/private-redis.js'
import { connectIoredis, drivers } from '../storage/redis/fixtures/redis-connections.js'
import { aSession, aUser, rotationOf } from '../storage/sql/fixtures/records.js'
import {
  mysqlPool,
  mysqlServer,
  postgresPool,
  postgresServer,
  runOnMysql,
  runOnPostgres,
} from '../support/database-server.js'
import { privateDatabases } from '../support/private-databases.js'
import { switchableServer } from '../support/switchable-server.js'

const [postgres, mysql] = await Promise.all([postgresServer(), mysqlServer()])
const [privatePostgres, privateMariadb] = privateDatabases
if (privatePostgres === undefined || privateMariadb === undefined) throw new Error('A private database is missing')
const inParallel = (count: number, call: (index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)))

t.test(
  'PostgreSQL: connections that a failover left on the standby are replaced, and no write fails',
  { skip: postgres.missing || privatePostgres.missing },
  async t => {
    const former = await privatePostgres.start(t)
    await postgresStorage({ pool: postgresPool(t, former.url) }).migrate()
    const rows = await postgresPool(t, former.url).query('show data_directory')
    await former.stop()
    closeSync(openSync(join(rows.rows[0].data_directory, 'standby.signal'), 'w'))
    await former.start()
    const primaryUrl = await postgres.createDatabase(t)
    await postgresStorage({ pool: postgresPool(t, primaryUrl) }).migrate()

    const address = await switchableServer(t, former.url)
    const pool = postgresPool(t, address.url)
    const storage = postgresStorage({ pool, push: false })
    await inParallel(10, () => storage.users.findByEmail({ email: 'unknown@example.test' }))
    t.ok(pool.totalCount > 1, 'several connections lead to the standby')
    await t.rejects(storage.ping(), 'a standby takes no writes')
    await t.rejects(storage.users.create(signUpOf(aUser())))
    await inParallel(10, () => storage.users.findByEmail({ email: 'unknown@example.test' }))
    const redirected = new URL(primaryUrl)
    address.leadTo(primaryUrl)
    // The name of the database differs between the two servers of this test.
    pool.options.database = redirected.pathname.slice(1)
    pool.options.connectionString = Object.assign(new URL(address.url), { pathname: redirected.pathname }).href
    await inParallel(20, async () => t.same(await storage.users.create(signUpOf(aUser())), { outcome: 'created' }))
    await t.resolves(storage.ping())
  },
)

t.test(
  'PostgreSQL: connections from when the database was read-only by default are replaced, and refreshes go on meanwhile',
  { skip: postgres.missing },
  async t => {
    const url = await postgres.createDatabase(t)
    const toggle = (value: string) =>
      runOnPostgres(
        url,
        `start transaction read write; alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = ${value}; commit`,
      )
    const first = postgresStorage({ pool: postgresPool(t, url) })
    await first.migrate()
    const user = aUser()
    const session = aSession(user)
    await first.users.create(signUpOf(user, { session }))
    await toggle('on')
    const storage = postgresStorage({ pool: postgresPool(t, url), push: false })
    await inParallel(10, () => storage.users.find({ userId: user.id }))
    t.equal(
      (await storage.sessions.rotate(rotationOf(session))).outcome,
      'rotated',
      'a transaction says that it writes',
    )
    await inParallel(10, () => storage.users.find({ userId: user.id }))
    await toggle('off')
    const newHash = 'new' as PasswordHash
    const replaced = await storage.users.replacePasswordHash({
      userId: user.id,
      currentHash: user.passwordHash,
      newHash,
    })
    t.equal(replaced.outcome, 'replaced')
  },
)

t.test(
  'PostgreSQL: DISCARD ALL on every connection of the pool fails no refresh',
  { skip: postgres.missing },
  async t => {
    const pool = postgresPool(t, await postgres.createDatabase(t))
    const storage = postgresStorage({ pool, push: false })
    await storage.migrate()
    const sessions = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const user = aUser()
        const session = aSession(user)
        await storage.users.create(signUpOf(user, { session }))
        return session
      }),
    )
    await Promise.all(sessions.map(session => storage.sessions.rotate(rotationOf(session))))
    const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()))
    for (const client of clients) await client.query('discard all')
    for (const client of clients) client.release()
    const rotations = await Promise.all(
      sessions.map(session => storage.sessions.rotate(rotationOf({ ...session, generation: 1 }))),
    )
    t.same(new Set(rotations.map(({ outcome }) => outcome)), new Set(['rotated']))
  },
)

t.test(
  'MariaDB: connections that a failover left on a read-only server are replaced, and no write fails',
  { skip: mysql.missing || privateMariadb.missing },
  async t => {
    const former = await privateMariadb.start(t)
    const primary = new URL(await mysql.createDatabase(t))
    const name = primary.pathname.slice(1)
    const user = `app_${name.slice(-12)}`
    for (const url of [former.url, primary.href]) {
      await runOnMysql(url, `create database if not exists ${name}`)
      await runOnMysql(url, `create user ${user}@'127.0.0.1'`)
      await runOnMysql(url, `grant all on ${name}.* to ${user}@'127.0.0.1'`)
    }
    t.teardown(() => runOnMysql(primary.href, `drop user ${user}@'127.0.0.1'`))
    const formerUrl = Object.assign(new URL(former.url), { username: user, pathname: `/${name}` }).href
    for (const url of [formerUrl, primary.href]) await mysqlStorage({ pool: mysqlPool(t, url) }).migrate()
    await runOnMysql(former.url, 'set global read_only = 1')

    const address = await switchableServer(t, formerUrl)
    const pool = mysqlPool(t, address.url)
    const storage = mysqlStorage({ pool })
    await inParallel(10, () => storage.users.findByEmail({ email: 'unknown@example.test' }))
    await t.rejects(storage.ping(), /read-only option/)
    await t.rejects(storage.users.create(signUpOf(aUser())), /read-only option/)
    await inParallel(10, () => storage.users.findByEmail({ email: 'unknown@example.test' }))
    address.leadTo(primary.href)
    await inParallel(20, async () => t.same(await storage.users.create(signUpOf(aUser())), { outcome: 'created' }))
    await t.resolves(storage.ping())
  },
)

for (const [driver, connect] of Object.entries(drivers)) {
  t.test(
    `Redis: a client of ${driver} that a failover left on a replica is reconnected, and no write fails`,
    { skip: withoutRedisServer() },
    async t => {
      const [former, primary] = await Promise.all([privateRedis(t), privateRedis(t)])
      const operator = await connectIoredis(former.url)
      t.teardown(operator.close)
      const address = await switchableServer(t, former.url)
      const { client, close } = await connect(address.url)
      t.teardown(close)
      const storage = redisStorage({ client, push: false })
      await storage.migrate()
      await operator.client.replicaof('127.0.0.1', new URL(primary.url).port)
      await t.rejects(storage.ping(), /READONLY/)
      await t.rejects(storage.users.create(signUpOf(aUser())), /READONLY/, 'the address leads to a replica still')
      await new Promise(resolve => setTimeout(resolve, 1100))
      address.leadTo(primary.url)
      await inParallel(20, async () => t.same(await storage.users.create(signUpOf(aUser())), { outcome: 'created' }))
      await t.resolves(storage.ping())
    },
  )
}
