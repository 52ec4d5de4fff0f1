import t from 'tap'
import { redisStorage } from '../../../lib/storage/redis/index.js'
import { privateRedis, withoutRedisServer } from './fixtures/private-redis.js'
import { connect, storageOf, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()
const skipServers = withoutRedisServer()

t.test('migrate notes the version of what is stored', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await storage.migrate()
  t.equal(await client.get(`{${keyPrefix}}:schema`), '1')
})

t.test('a database of a newer release is refused and left as it is', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await client.set(`{${keyPrefix}}:schema`, '7')
  await t.rejects(storage.migrate(), {
    message: 'The database was migrated to version 7 by a newer release of fast-auth; this one knows versions up to 1',
  })
  t.equal(await client.get(`{${keyPrefix}}:schema`), '7')
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
