import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import { randomPasswordHash, randomToken } from '../../../lib/conformance/random-records.js'
import { storeAccount, storeUser } from '../../../lib/conformance/stored-records.js'
import { type IoredisClient, redisStorage } from '../../../lib/engines/redis.js'
import { commitScript } from '../../../lib/storage/redis/scripts.js'
import { connectIoredis, keySpace, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()

const isCommit = (_command: string, [first]: readonly string[]) => first === commitScript.sha1

type Detour = (send: () => Promise<unknown>) => Promise<unknown>

/** A storage on whose client every such command, by default a commit, takes a detour; and one on the client itself. */
async function detouredStorage(t: Test, detour: Detour, isMeant = isCommit) {
  const { keyPrefix, keys } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  const detoured: IoredisClient = {
    call(command, words) {
      const send = async () => client.call(command, words)
      return isMeant(command, words) ? detour(send) : send()
    },
    duplicate: () => client.duplicate(),
  }
  return { storage: redisStorage({ client: detoured, keyPrefix }), other: redisStorage({ client, keyPrefix }), keys }
}

/** So that something happens right before the command. */
async function meddledStorage(t: Test, meddle: () => Promise<unknown>, isMeant = isCommit) {
  return detouredStorage(t, send => meddle().then(send), isMeant)
}

t.test('a change between reading and writing restarts the method', { skip }, async t => {
  let meddle = async (): Promise<unknown> => undefined
  const { storage, other } = await meddledStorage(t, () => meddle())
  const { user } = await storeAccount(other)
  const userId = user.id
  meddle = () => {
    meddle = async () => undefined
    return other.users.updateProfile({ userId, patch: { a: 1 }, maximumBytes: 1_000 })
  }
  const update = await storage.users.updateProfile({ userId, patch: { b: 2 }, maximumBytes: 1_000 })
  const profile = { ...user.profile, a: 1, b: 2 }
  t.same(update, { outcome: 'updated', user: { ...user, profile } })
  t.same(await other.users.find({ userId }), { ...user, profile })
})

t.test('a method that others are always faster than gives up and has written nothing', { skip }, async t => {
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

t.test('a retry of a written step whose answer was lost finds it done', { skip }, async t => {
  const { storage, other } = await detouredStorage(t, async commit => {
    await commit()
    throw new Error('Connection lost')
  })
  const request = rotationOf(await storeAccount(other))
  await t.rejects(storage.sessions.rotate(request), { message: 'Connection lost' })
  const { outcome } = await other.sessions.rotate(request)
  t.equal(outcome, 'repeated', 'the client that asks again gets the successor')
})

t.test('a commit that is sent twice is written once', { skip }, async t => {
  const replies: unknown[] = []
  const { storage, other } = await detouredStorage(t, async commit => {
    replies.push(await commit(), await commit())
    return replies[0]
  })
  const account = await storeAccount(other)
  const { outcome } = await storage.sessions.rotate(rotationOf(account))
  t.same([outcome, ...replies], ['rotated', 1, 0])
})

t.test(
  'an error about values that were read at several times is thrown only if they were current at one time',
  { skip },
  async t => {
    let meddle = async (): Promise<unknown> => undefined
    const { storage, other } = await meddledStorage(
      t,
      () => meddle(),
      (command, [key = '']) => command === 'MGET' && key.includes(':user:'),
    )
    const { user, tokens } = await storeAccount(other)
    const token = randomToken(user, { purpose: 'resetPassword' })
    meddle = () => {
      meddle = async () => undefined
      return other.oneTimeTokens.issue({ token, messages: [] })
    }
    const again = await storage.oneTimeTokens.issue({ token, messages: [] })
    t.same(again, { outcome: 'issued' }, 'the token that was there a moment later was the same')
    const { hash } = tokens.confirmEmail
    const otherUser = await storeUser(other)
    const copied = storage.oneTimeTokens.issue({ token: randomToken(otherUser, { hash }), messages: [] })
    await t.rejects(copied, { message: 'Another token has this hash' })
  },
)

t.test(
  'values that were read at several times were current at one of them, also if nothing is written',
  { skip },
  async t => {
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
  },
)

t.test(
  'a step that ends access reserves what it reads, so that no number of small writes holds it up',
  { skip },
  async t => {
    let times = 0
    let account: Awaited<ReturnType<typeof storeAccount>> | null = null
    const { storage, other, keys } = await meddledStorage(t, async () => {
      if (account === null || times === 50) return
      const update = { userId: account.user.id, patch: { times: ++times }, maximumBytes: 1_000 }
      await Promise.race([other.users.updateProfile(update), pause(50)])
    })
    account = await storeAccount(other)
    const request = { userId: account.user.id, now: account.now }
    const disabled = await Promise.all([storage.users.disable(request), storage.users.disable(request)])
    t.same(
      disabled.map(({ outcome }) => outcome),
      ['disabled', 'disabled'],
    )
    t.ok(times < 50, 'none waited until the small writes were over')
    t.notOk(
      (await keys()).some(key => key.endsWith(':reservation')),
      'the commit removes the reservation',
    )
  },
)
