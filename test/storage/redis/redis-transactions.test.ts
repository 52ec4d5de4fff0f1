import t, { type Test } from 'tap'
import { randomPasswordHash } from '../../../lib/conformance/random-records.js'
import { rotationOf } from '../../../lib/conformance/rotation-cases.js'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { type RedisClient, redisStorage } from '../../../lib/storage/redis/index.js'
import { commitScript } from '../../../lib/storage/redis/scripts.js'
import type { Storage } from '../../../lib/storage/storage.js'
import { connectIoredis, keySpace, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()

/** A storage whose client waits for `meddle` before each commit, and for `lose` after it; and one that nobody meddles with. */
async function meddledStorage(t: Test, meddle: () => Promise<unknown>, lose = async () => undefined as unknown) {
  const { keyPrefix } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  const meddled: RedisClient = {
    async call(command, words) {
      const isCommit = words[0] === commitScript.sha1
      if (isCommit) await meddle()
      const reply = await client.call(command, words)
      if (isCommit) await lose()
      return reply
    },
  }
  return { storage: redisStorage({ client: meddled, keyPrefix }), other: redisStorage({ client, keyPrefix }) }
}

t.test('what changes between the reading and the writing begins the verb anew', { skip }, async t => {
  let meddle = async (): Promise<unknown> => undefined
  const { storage, other } = await meddledStorage(t, () => meddle())
  const { user, now } = await storeAccount(other)
  const userId = user.id
  meddle = () => {
    meddle = async () => undefined
    return other.users.updateProfile({ userId, patch: { a: 1 }, maximumBytes: 1_000 })
  }
  const update = await storage.users.updateProfile({ userId, patch: { b: 2 }, maximumBytes: 1_000 })
  const profile = { ...user.profile, a: 1, b: 2 }
  t.same(update, { outcome: 'updated', user: { ...user, profile } })
  t.same(await other.users.find({ userId }), { ...user, profile })
  t.ok(now)
})

t.test('a verb that others are always faster than gives up and has written nothing', { skip }, async t => {
  let times = 0
  let meddle = async (): Promise<unknown> => undefined
  const { storage, other } = await meddledStorage(t, () => meddle())
  const { user } = await storeAccount(other)
  const userId = user.id
  meddle = () => other.users.updateProfile({ userId, patch: { times: ++times }, maximumBytes: 1_000 })
  const newHash = randomPasswordHash()
  await t.rejects(storage.users.replacePasswordHash({ userId, currentHash: user.passwordHash, newHash }), {
    message: 'Others changed the same records in each of 100 attempts; nothing is written',
  })
  const stored = await other.users.find({ userId })
  t.same(stored, { ...user, profile: { ...user.profile, times: 100 } })
})

t.test('a step that was written and whose answer was lost is found done by whoever asks again', { skip }, async t => {
  const lose = async () => {
    throw new Error('Connection lost')
  }
  const { storage, other } = await meddledStorage(t, async () => undefined, lose)
  const account = await storeAccount(other)
  const request = rotationOf(account)
  await t.rejects(storage.sessions.rotate(request), { message: 'Connection lost' })
  const { outcome } = await other.sessions.rotate(request)
  t.equal(outcome, 'repeated', 'the client that asks again gets the successor')
})

t.test('a commit that is sent twice is written once', { skip }, async t => {
  const { keyPrefix } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  const replies: unknown[] = []
  const twice: RedisClient = {
    async call(command, words) {
      const reply = await client.call(command, words)
      if (words[0] === commitScript.sha1) replies.push(reply, await client.call(command, words))
      return reply
    },
  }
  const storage: Storage = redisStorage({ client: twice, keyPrefix })
  const account = await storeAccount(storage)
  replies.length = 0
  const { outcome } = await storage.sessions.rotate(rotationOf(account))
  t.same([outcome, ...replies], ['rotated', 1, 0])
})

t.test('what was read at several moments was so at one of them, also where nothing is written', { skip }, async t => {
  let meddle = async (): Promise<unknown> => undefined
  const { storage, other } = await meddledStorage(t, () => meddle())
  const { user, sessions, now } = await storeAccount(other)
  const newHash = randomPasswordHash()
  const userId = user.id
  await other.sessions.revoke({ sessionId: sessions[0].id, now })
  meddle = () => {
    meddle = async () => undefined
    return other.users.replacePasswordHash({ userId, currentHash: user.passwordHash, newHash })
  }
  const wishes = { sessionId: sessions[0].id, idleExpiresAt: now + 1_000, now, messages: [] }
  const change = { userId, currentHash: user.passwordHash, newHash: randomPasswordHash(), ...wishes }
  t.same(
    await storage.users.changePassword(change),
    { outcome: 'stale' },
    'the session had ended, then the hash was another',
  )
})
