import { Cluster } from 'ioredis'
import t, { type Test } from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { redisStorage } from '../../../lib/engines/redis.js'
import { sender } from '../../../lib/storage/redis/redis-client.js'
import { subscriberOf } from '../../../lib/storage/redis/redis-subscriber.js'
import { soon } from '../../support/soon.js'
import { privateRedis, withoutRedisServer } from './fixtures/private-redis.js'
import { connect, drivers, keySpace, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()
const skipServers = withoutRedisServer()
const both = Object.keys(drivers) as (keyof typeof drivers)[]

/** Listens until the end of the test. */
async function listenTo(t: Test, { revocations }: Storage) {
  const heard: string[] = []
  const listener = await revocations.listen?.({
    onRevocation: () => heard.push('revoked'),
    onLoss: ({ message }) => heard.push(message),
  })
  t.teardown(() => listener?.close())
  return { heard, listener }
}

for (const driver of both) {
  t.test(
    `${driver}: a listener is notified once when the connection is cut, and can listen again`,
    { skip: skipServers },
    async t => {
      const { url } = await privateRedis(t)
      const client = await connect(t, driver, url)
      const storage = redisStorage({ client })
      const { heard, listener } = await listenTo(t, storage)
      await sender(client)(['CLIENT', 'KILL', 'TYPE', 'PUBSUB'])
      await soon(() => heard.length > 0)
      await t.rejects(Promise.resolve(listener?.ping()))
      await t.resolves(Promise.resolve(listener?.close()))
      const again = await listenTo(t, storage)
      const { user, now } = await storeAccount(storage)
      await storage.sessions.revokeAll({ userId: user.id, now })
      await soon(() => again.heard.length > 0)
      t.same(again.heard, ['revoked'], 'many lines of one step cause one notification')
      t.same(heard, ['The connection that listens to Redis is lost'])
      t.equal(String(await sender(client)(['PUBSUB', 'NUMSUB', '{fast-auth}:revoked'])), '{fast-auth}:revoked,1')
    },
  )

  t.test(`${driver}: a server that is gone is no place to listen`, { skip: skipServers }, async t => {
    const server = await privateRedis(t)
    const client = await connect(t, driver, server.url)
    const storage = redisStorage({ client })
    await server.kill()
    await t.rejects(listenTo(t, storage))
  })

  t.test(
    `${driver}: a user who may not publish revokes all the same, and may not listen`,
    { skip: skipServers },
    async t => {
      const rights = ['resetchannels', '~{fast-auth}:*', '+@all']
      const { url } = await privateRedis(t, ['--user', 'default', 'on', 'nopass', ...rights])
      const storage = redisStorage({ client: await connect(t, driver, url) })
      const { user, sessions, now } = await storeAccount(storage)
      const { revokedSessionIds } = await storage.sessions.revokeAll({ userId: user.id, now })
      t.equal(revokedSessionIds.length, sessions.length)
      t.equal((await storage.revocations.list({ since: now, limit: 9 })).length, sessions.length)
      await t.rejects(listenTo(t, storage), /NOPERM/)
    },
  )
}

t.test('a recorded refresh sends no notification, and with push: false no step does', { skip }, async t => {
  const { keyPrefix } = await keySpace(t)
  const client = await connect(t)
  const storage = redisStorage({ client, keyPrefix })
  const silent = redisStorage({ client, keyPrefix, push: false })
  t.equal(silent.revocations.listen, undefined)
  const account = await storeAccount(storage)
  const { now } = account
  const [, second, third] = account.sessions
  const { heard } = await listenTo(t, storage)
  const rotation = rotationOf(account, { recordSuperseded: true })
  t.equal((await storage.sessions.rotate(rotation)).outcome, 'rotated')
  await silent.sessions.revoke({ sessionId: second.id, now })
  await storage.sessions.revoke({ sessionId: third.id, now })
  await soon(() => heard.length > 0)
  t.same(heard, ['revoked'])
})

t.test('a connection of its own to a cluster is not opened before it is asked for', async t => {
  const cluster = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true })
  const duplicates = t.capture(cluster, 'duplicate', cluster.duplicate)
  subscriberOf(cluster).end()
  t.hasStrict(duplicates(), [{ args: [[], { lazyConnect: true }] }])
  cluster.disconnect()
})
