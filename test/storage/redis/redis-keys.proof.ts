import t from 'tap'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import { randomEvent, randomMessage } from '../../../lib/conformance/random-records.js'
import { storeAccount, storeUser } from '../../../lib/conformance/stored-records.js'
import { redisStorage } from '../../../lib/engines/redis.js'
import { randomCode, storeCode, trialOf } from '../../../lib/features/email-codes/conformance/code-account.js'
import {
  openWith,
  passkeyProofOf,
  registrationOf,
  signInOf,
  storePasskeyAccount,
} from '../../../lib/features/passkeys/conformance/passkey-account.js'
import { storeIdentity } from '../../../lib/features/providers/conformance/identity-account.js'
import { storeFlow } from '../../../lib/features/providers/conformance/provider-flow.js'
import { privateRedis, withoutRedisServer } from './fixtures/private-redis.js'
import { connectIoredis, storageOf, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()
const dayMilliseconds = 86_400_000

t.test(
  'every key begins with the prefix in braces, and a deletion leaves only the events, the feed and flows of no user',
  { skip },
  async t => {
    const { storage, keyPrefix, keys } = await storageOf(t)
    const account = await storePasskeyAccount(storage)
    const { user, passkeys, now } = account
    await openWith(storage, account, passkeys[0])
    const message = randomMessage(user)
    const event = randomEvent(user.id)
    await storeCode(storage, user)
    await storeIdentity(storage, account)
    const { flowId } = await storeFlow(storage)
    await storage.outbox.add({ messages: [message] })
    await storage.events.add({ events: [event] })
    const kindsOf = (names: readonly string[]) => [...new Set(names.map(name => name.split(':')[1]))].sort()
    t.same(kindsOf(await keys()), [
      'api-key',
      'api-key-hash',
      'api-keys-of',
      'email',
      'event',
      'events',
      'events-by-age',
      'events-of',
      'identities-of',
      'identity',
      'identity-key',
      'message',
      'messages-by-due',
      'messages-by-expiry',
      'messages-of',
      'origins-of',
      'passkey',
      'passkey-credential',
      'passkey-use',
      'passkey-uses-by-expiry',
      'passkey-uses-of',
      'passkeys-of',
      'provider-flow',
      'provider-flows-by-expiry',
      'session',
      'sessions-by-expiry',
      'sessions-of',
      'sign-in-code',
      'sign-in-code-of',
      'sign-in-codes-by-expiry',
      'sign-in-codes-of',
      'token',
      'token-of',
      'tokens-by-expiry',
      'user',
      'username',
      'users',
    ])
    await storage.users.delete({ userId: user.id, now })
    const events = ['events', 'events-by-age', `events-of:${user.id}`, `event:${event.id}`]
    const kinds = [...events, `provider-flow:${flowId}`, 'provider-flows-by-expiry', 'revocations']
    t.same([...(await keys())].sort(), kinds.map(kind => `{${keyPrefix}}:${kind}`).sort())
  },
)

t.test('two prefixes have nothing in common', { skip }, async t => {
  const one = await storageOf(t)
  const other = await storageOf(t)
  const user = await storeUser(one.storage)
  t.equal(await other.storage.users.findByEmail(user), null)
  t.same(await other.keys(), [])
})

t.test(
  'Redis forgets sessions, tokens, mailed codes, messages and spent challenges by itself a day after their end, and a rotation moves that',
  { skip },
  async t => {
    const { storage, keyPrefix, client } = await storageOf(t)
    const account = await storeAccount(storage)
    const { user, sessions, tokens } = account
    const message = randomMessage(user)
    await storage.outbox.add({ messages: [message] })
    const leftOf = async (key: string) => Math.ceil((await client.pttl(`{${keyPrefix}}:${key}`)) / 60_000) * 60_000
    const session = `session:${sessions[0].id}`
    t.equal(await leftOf(session), 3_600_000 + dayMilliseconds)
    t.equal(await leftOf(`token:${tokens.confirmEmail.hash}`), 3_600_000 + dayMilliseconds)
    t.equal(await leftOf(`message:${message.id}`), dayMilliseconds + 60_000)
    const code = await storeCode(storage, user)
    t.equal(await leftOf(`sign-in-code:${code.id}`), 600_000 + dayMilliseconds)
    await storage.signInCodes.tryCode(trialOf(code, { hash: randomCode(user).hash }))
    t.equal(await leftOf(`sign-in-code:${code.id}`), 540_000 + dayMilliseconds)
    const registration = registrationOf(account)
    await storage.passkeys.register(registration)
    t.equal(await leftOf(`passkey-use:${registration.challengeHash}`), 4 * 60_000 + dayMilliseconds)
    const proof = passkeyProofOf(registration.passkey)
    const signIn = signInOf(account, [proof], { absoluteExpiresAt: account.now + 7 * dayMilliseconds })
    await storage.sessions.open(signIn)
    t.equal(await leftOf(`passkey-use:${proof.challengeHash}`), 8 * dayMilliseconds)
    t.equal(await client.pttl(`{${keyPrefix}}:passkey:${registration.passkey.id}`), -1, 'a passkey is never forgotten')
    await storage.sessions.rotate(rotationOf(account, { idleExpiresAt: account.now + 2 * 3_600_000 }))
    t.equal(await leftOf(session), 2 * 3_600_000 + dayMilliseconds)
    t.equal(await client.pttl(`{${keyPrefix}}:user:${user.id}`), -1, 'a user is never forgotten')
  },
)

t.test('a spent challenge that Redis has forgotten leaves nothing after a deletion or a purge', { skip }, async t => {
  const { storage, keyPrefix, keys, client } = await storageOf(t)
  const [account, other] = [await storePasskeyAccount(storage), await storePasskeyAccount(storage)]
  const usesIn = async () => (await keys()).filter(key => key.startsWith(`{${keyPrefix}}:passkey-use`)).sort()
  for (const key of await keys()) if (key.startsWith(`{${keyPrefix}}:passkey-use:`)) await client.del(key)
  const index = `{${keyPrefix}}:passkey-uses-by-expiry`
  t.same(
    await usesIn(),
    [index, ...[account, other].map(({ user }) => `{${keyPrefix}}:passkey-uses-of:${user.id}`)].sort(),
  )
  await storage.users.delete({ userId: account.user.id, now: account.now })
  t.same(await usesIn(), [index, `{${keyPrefix}}:passkey-uses-of:${other.user.id}`])
  const end = other.now + dayMilliseconds
  t.equal((await storage.purge({ now: end, revokedBefore: 0, eventsBefore: 0, limit: 10 })).passkeyUses, 2)
  t.same(await usesIn(), [])
})

t.test(
  'records that were deleted in Redis are not found, and a purge removes references to them',
  { skip },
  async t => {
    const { storage, keyPrefix, keys, client } = await storageOf(t)
    const { user, sessions, apiKeys, tokens, now } = await storeAccount(storage)
    const message = randomMessage(user)
    await storage.outbox.add({ messages: [message] })
    const forgotten = [
      ...sessions.map(({ id }) => `session:${id}`),
      ...Object.values(tokens).map(({ hash }) => `token:${hash}`),
      `message:${message.id}`,
    ]
    for (const key of forgotten) await client.del(`{${keyPrefix}}:${key}`)
    t.same((await storage.sessions.list({ userId: user.id, now, limit: 10, offset: 0 })).items, [])
    t.same(await storage.outbox.claim({ now: message.nextAttemptAt, leaseUntil: now, limit: 10 }), [])
    const end = now + 2 * dayMilliseconds
    const purged = await storage.purge({ now: end, revokedBefore: end, eventsBefore: end, limit: 10 })
    t.same(purged, {
      sessions: 3,
      oneTimeTokens: 3,
      messages: 1,
      revocations: 0,
      events: 0,
      passkeyUses: 0,
      signInCodes: 0,
      providerFlows: 0,
      invitations: 0,
    })
    const names = [
      'users',
      `user:${user.id}`,
      `email:${user.email}`,
      `username:${user.username}`,
      `api-keys-of:${user.id}`,
    ]
    const keyNames = apiKeys.flatMap(({ id, hash }) => [`api-key:${id}`, `api-key-hash:${hash}`])
    t.same([...(await keys())].sort(), [...names, ...keyNames].map(kind => `{${keyPrefix}}:${kind}`).sort())
  },
)

t.test('a purge of events leaves no keys, even for events without a user', { skip }, async t => {
  const { storage, keys } = await storageOf(t)
  const user = await storeUser(storage)
  const before = await keys()
  const events = [randomEvent(user.id), randomEvent(null)]
  await storage.events.add({ events })
  const end = Math.max(...events.map(({ happenedAt }) => happenedAt)) + 1
  const purged = await storage.purge({ now: 0, revokedBefore: 0, eventsBefore: end, limit: 10 })
  t.equal(purged.events, 2)
  t.same([...(await keys())].sort(), [...before].sort())
})

t.test('a token that Redis has forgotten is superseded as any other', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  const { tokens, now } = await storeAccount(storage)
  const { hash } = tokens.confirmEmail
  await client.del(`{${keyPrefix}}:token:${hash}`)
  const next = { ...tokens.confirmEmail, hash: `${hash}-2` as typeof hash, expiresAt: now + 3 * dayMilliseconds }
  await storage.oneTimeTokens.issue({ token: next, messages: [] })
  const end = now + 2 * dayMilliseconds
  await storage.purge({ now: end, revokedBefore: 0, eventsBefore: 0, limit: 10 })
  t.same((await storage.oneTimeTokens.find({ hash: next.hash, purpose: 'confirmEmail', now: end }))?.token, next)
})

t.test('a mailed code that Redis has forgotten is replaced as any other', { skip }, async t => {
  const { storage, keyPrefix, keys, client } = await storageOf(t)
  const user = await storeUser(storage)
  const before = await keys()
  for (const userId of [user.id, null]) {
    const { id } = await storeCode(storage, user, { userId })
    // What has a lifetime: Redis removes it a day after the end of the code.
    for (const key of await keys()) if ((await client.pttl(key)) > 0) await client.del(key)
    t.equal(await client.exists(`{${keyPrefix}}:sign-in-code:${id}`), 0)
    const end = user.createdAt + 2 * dayMilliseconds
    const next = await storeCode(storage, user, { userId, expiresAt: end + 1 })
    const { signInCodes } = await storage.purge({ now: end, revokedBefore: 0, eventsBefore: 0, limit: 10 })
    t.equal(signInCodes, 0, 'the forgotten code was replaced, and nothing of it is left')
    t.same(await storage.signInCodes.find({ email: user.email, now: end }), next)
    const last = await storeCode(storage, user, { userId })
    t.same(await storage.signInCodes.tryCode(trialOf(next)), { outcome: 'wrong' }, 'an address has one code')
    await storage.purge({ now: last.expiresAt, revokedBefore: 0, eventsBefore: 0, limit: 10 })
    t.same([...(await keys())].sort(), [...before].sort(), 'a purge leaves no keys')
  }
})

t.test('a mailed code that Redis has forgotten leaves nothing after a deletion', { skip }, async t => {
  const { storage, keyPrefix, keys, client } = await storageOf(t)
  const user = await storeUser(storage)
  const { id } = await storeCode(storage, user)
  await client.del(`{${keyPrefix}}:sign-in-code:${id}`)
  await storage.users.delete({ userId: user.id, now: user.createdAt })
  t.same(await keys(), [])
})

t.test('a node of a Redis Cluster takes every method', { skip: withoutRedisServer() }, async t => {
  const { url } = await privateRedis(t, ['--cluster-enabled', 'yes'])
  const { client, close } = await connectIoredis(url)
  t.teardown(close)
  await client.cluster('ADDSLOTSRANGE', 0, 16_383)
  while (!/cluster_state:ok/.test(String(await client.cluster('INFO')))) await new Promise(setImmediate)
  const storage = redisStorage({ client })
  await storage.migrate()
  const { user, sessions, now } = await storeAccount(storage)
  const answer = await storage.users.delete({ userId: user.id, now })
  t.same(answer.outcome === 'deleted' && [...answer.revokedSessionIds].sort(), sessions.map(({ id }) => id).sort())
})
