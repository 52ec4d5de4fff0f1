import t from 'tap'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import { randomEvent, randomSession } from '../../../lib/conformance/random-records.js'
import { storeAccount, storeSession, storeUser } from '../../../lib/conformance/stored-records.js'
import { redisStorage } from '../../../lib/engines/redis.js'
import { layoutMigrations } from '../../../lib/engines/redis-migrations.js'
import { type LayoutMigration, migrate } from '../../../lib/storage/redis/migrate.js'
import { redisDatabase } from '../../../lib/storage/redis/redis-database.js'
import { privateRedis, withoutRedisServer } from './fixtures/private-redis.js'
import { connect, storageOf, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()
const skipServers = withoutRedisServer()

t.test('migrate notes the version of what is stored', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await storage.migrate()
  t.equal(await client.get(`{${keyPrefix}}:schema`), '3')
})

t.test('a database of a newer release is refused and left as it is', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await client.set(`{${keyPrefix}}:schema`, '7')
  await t.rejects(storage.migrate(), {
    message: 'The database was migrated to version 7 by a newer release of fast-auth; this one knows versions up to 3',
  })
  t.equal(await client.get(`{${keyPrefix}}:schema`), '7')
})

t.test('an event that fast-auth 0.1.0 has stored has no details', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  const { details, ...event } = randomEvent(null)
  await storage.events.add({ events: [{ details, ...event }] })
  t.same(await storage.events.list({ limit: 1 }), [{ details, ...event }])
  await client.set(`{${keyPrefix}}:event:${event.id}`, JSON.stringify(event))
  t.same(await storage.events.list({ limit: 1 }), [{ ...event, details: {} }])
})

t.test('sessions of the first version are in the order of their rotation afterwards', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await storage.migrate()
  const user = await storeUser(storage)
  const { id: userId, createdAt: now } = user
  const open = (later: number) => storeSession(storage, user, { rotatedAt: now + later })
  const [second, first, third, forgotten] = [await open(3), await open(4), await open(2), await open(1)]
  const index = `{${keyPrefix}}:sessions-of:${userId}`
  for (const { id } of [first, second, third, forgotten]) await client.zadd(index, '0', id)
  await client.del(`{${keyPrefix}}:session:${forgotten.id}`)
  await client.set(`{${keyPrefix}}:schema`, '1')
  await storage.migrate()
  const { items } = await storage.sessions.list({ userId, now, limit: 10, offset: 0 })
  t.same(items, [first, second, third])
  t.equal(await client.get(`{${keyPrefix}}:schema`), '3')
  const opening = await storage.sessions.open({
    session: randomSession(user),
    proofs: [{ kind: 'password', hash: user.passwordHash }],
    maximumPerUser: 3,
  })
  t.same(opening.outcome === 'opened' && [...opening.revokedSessionIds].sort(), [third.id, forgotten.id].sort())
})

t.test('a session that release 0.1.0 stored was signed in with a password, when it was created', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await storage.migrate()
  const account = await storeAccount(storage)
  const { methods: _, authenticatedAt: __, ...stored } = account.sessions[0]
  await client.set(`{${keyPrefix}}:session:${stored.id}`, JSON.stringify(stored))
  await client.set(`{${keyPrefix}}:schema`, '2')
  await storage.migrate()
  const session = { ...stored, methods: ['password'], authenticatedAt: stored.createdAt }
  const { now } = account
  t.same(await storage.sessions.find({ sessionId: stored.id, now }), session)
  const { items } = await storage.sessions.list({ userId: stored.userId, now, limit: 10, offset: 0 })
  t.same(
    items.find(({ id }) => id === stored.id),
    session,
  )
  const { methods, authenticatedAt } = session
  const rotation = await storage.sessions.rotate(rotationOf(account))
  t.hasStrict(rotation, { outcome: 'rotated', session: { methods, authenticatedAt } })
  t.hasStrict(await storage.sessions.find({ sessionId: stored.id, now }), { generation: 1, methods, authenticatedAt })
})

t.test('versions of the layout count from 2 without a gap', async t => {
  t.same(
    layoutMigrations.map(({ version }) => version),
    layoutMigrations.map((_, index) => index + 2),
  )
})

t.test('a feature adds a migration of the layout, which runs once', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await storage.migrate()
  const runs: string[] = []
  const noting = (version: number, name: string): LayoutMigration => ({
    version,
    run: async ({ keys }) => {
      runs.push(`${name} from ${await client.get(keys.schema)}`)
    },
  })
  const withFeature = [noting(2, 'sessions'), noting(3, 'second factors'), noting(4, 'a feature')]
  const migrateAgain = () => migrate(redisDatabase(client, keyPrefix), withFeature)
  await migrateAgain()
  t.same(runs, ['a feature from 3'])
  t.equal(await client.get(`{${keyPrefix}}:schema`), '4')
  await migrateAgain()
  t.equal(runs.length, 1)
  await t.rejects(storage.migrate(), /was migrated to version 4 by a newer release/)
})

t.test('a server that evicts keys is refused', { skip: skipServers }, async t => {
  const { url } = await privateRedis(t, ['--maxmemory', '50mb', '--maxmemory-policy', 'volatile-lru'])
  await t.rejects(redisStorage({ client: await connect(t, 'redis', url) }).migrate(), {
    message:
      'Redis evicts keys when its memory is full (maxmemory-policy is volatile-lru), users and sessions among them: set maxmemory-policy to noeviction',
  })
})

t.test('a server that says nothing of its memory is taken as it is', { skip: skipServers }, async t => {
  const { url } = await privateRedis(t, ['--user', 'default', 'on', 'nopass', '~{fast-auth}:*', '+@all', '-info'])
  const client = await connect(t, 'redis', url)
  await t.resolves(redisStorage({ client }).migrate())
})

t.test('a replica is refused', { skip: skipServers }, async t => {
  const primary = await privateRedis(t)
  const { port } = new URL(primary.url)
  const { url } = await privateRedis(t, ['--replicaof', '127.0.0.1', port])
  await t.rejects(redisStorage({ client: await connect(t, 'ioredis', url) }).migrate(), {
    message: 'Redis at this address is a read-only replica: give the address of its primary',
  })
})

t.test('any other error is passed on unchanged', { skip: skipServers }, async t => {
  const rights = ['~{fast-auth}:*', '+@all', '-set']
  const { url } = await privateRedis(t, ['--user', 'default', 'on', 'nopass', ...rights])
  await t.rejects(redisStorage({ client: await connect(t, 'ioredis', url) }).migrate(), { message: /^NOPERM/ })
  const closed = await privateRedis(t)
  const client = await connect(t, 'ioredis', closed.url)
  await closed.kill()
  await t.rejects(redisStorage({ client }).migrate(), { message: /enableOfflineQueue|Connection is closed/ })
})
