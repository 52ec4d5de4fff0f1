import fc from 'fast-check'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { newApiKey } from '../../lib/features/api-keys/api-key-text.js'
import { ada, bearer } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { mistyped } from '../support/test-keys.js'

const lookUp = 'apiKeys.findByHash'

t.test('a key costs one storage call at its first use and none while it is remembered', async t => {
  const { owner, use, calls, advance } = await testApplication(t, { keys: true })
  const { key } = await owner.make({ scopes: ['reports:read'] })
  calls.length = 0
  t.equal((await use(key, '/often')).statusCode, 200)
  t.strictSame(calls, [lookUp], 'however many guards there are')
  for (const path of ['/any', '/optional', '/read', '/often']) t.equal((await use(key, path)).statusCode, 200)
  advance(59.999)
  t.equal((await use(key)).statusCode, 200)
  t.strictSame(calls, [lookUp])
  advance(0.001)
  t.equal((await use(key)).statusCode, 200)
  t.strictSame(calls, [lookUp, lookUp], 'the storage is asked again when the time is over')
})

t.test('a mistyped key, and what is no key at all, cost no storage call', async t => {
  const { owner, use, calls } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  calls.length = 0
  for (const bad of [mistyped(key), key.slice(0, -1), `${key}0`, 'sk-', 'sk-x', `sk-${'0'.repeat(49)}`]) {
    for (const path of ['/any', '/optional', '/session', '/read']) {
      const answer = await use(bad, path)
      t.strictSame([answer.statusCode, answer.json().code], [401, 'FAST_AUTH_API_KEY_INVALID'], bad)
      t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
    }
  }
  t.strictSame(calls, [])
})

t.test(
  'a key that is not known costs one storage call each time, and is one with a deleted and an expired one',
  async t => {
    const { owner, use, calls, advance } = await testApplication(t, { keys: true })
    const [deleted, expired] = [await owner.make(), await owner.make({ expiresAt: '2026-01-01T12:00:01Z' })]
    await owner.remove(deleted.id)
    advance(1)
    calls.length = 0
    const bodies = new Set<string>()
    for (const key of [newApiKey('sk-').key, deleted.key, expired.key]) bodies.add((await use(key)).body)
    t.same(
      [...bodies].map(body => JSON.parse(body).code),
      ['FAST_AUTH_API_KEY_INVALID'],
    )
    t.strictSame(calls, [lookUp, lookUp, lookUp])
  },
)

t.test('the end of a remembered key is looked at with every request', async t => {
  const { owner, use, calls, advance } = await testApplication(t, { keys: true })
  const { key } = await owner.make({ expiresAt: '2026-01-01T12:00:10Z' })
  t.equal((await use(key)).statusCode, 200)
  advance(9.999)
  t.equal((await use(key)).statusCode, 200)
  calls.length = 0
  advance(0.001)
  t.equal((await use(key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
  t.strictSame(calls, [])
})

t.test('in strict mode nothing is remembered: each request asks, once', async t => {
  const { owner, use, calls } = await testApplication(t, { keys: true, options: { revocation: 'strict' } })
  const { key } = await owner.make({ scopes: ['reports:read'] })
  calls.length = 0
  for (const path of ['/any', '/often', '/read']) t.equal((await use(key, path)).statusCode, 200)
  t.equal((await use(mistyped(key))).statusCode, 401)
  t.strictSame(calls, [lookUp, lookUp, lookUp])
})

t.test('with rememberSeconds 0 nothing is remembered, and with a bound no more than that', async t => {
  const forgetful = await testApplication(t, { keys: { rememberSeconds: 0 } })
  const { key } = await forgetful.owner.make()
  forgetful.calls.length = 0
  for (let use = 0; use < 3; use += 1) await forgetful.use(key)
  t.strictSame(forgetful.calls, [lookUp, lookUp, lookUp])

  const small = await testApplication(t, { keys: { rememberedKeys: 1 } })
  const [first, second] = [await small.owner.make(), await small.owner.make()]
  small.calls.length = 0
  for (const one of [first, second, second, first]) t.equal((await small.use(one.key)).statusCode, 200)
  t.strictSame(small.calls, [lookUp, lookUp, lookUp])
})

t.test('concurrent first uses succeed', async t => {
  const { owner, use } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  const answers = await Promise.all(Array.from({ length: 20 }, () => use(key)))
  t.ok(answers.every(({ statusCode }) => statusCode === 200))
})

t.test('a storage that is down is a 503 for a key that must be asked for, and none for a remembered one', async t => {
  const storage = memoryStorage()
  const { owner, use } = await testApplication(t, { keys: true, options: { storage } })
  const [used, unused] = [await owner.make(), await owner.make()]
  await use(used.key)
  await storage.close()
  t.equal((await use(used.key)).statusCode, 200)
  t.equal((await use(unused.key)).json().code, 'FAST_AUTH_STORAGE_UNAVAILABLE')
})

t.test('a handler that changes request.user changes it for no other request', async t => {
  const { owner, use } = await testApplication(t, {
    keys: true,
    after: app => {
      app.get('/grab', { onRequest: app.fastAuth.authenticate }, async ({ user }) => {
        if (user?.via === 'apiKey') (user.scopes as string[]).push('reports:read')
        return Object.assign(Object(user), { id: 'another user' })
      })
    },
  })
  const { key } = await owner.make()
  await use(key, '/grab')
  t.strictSame((await use(key)).json(), (await use(key)).json())
  t.hasStrict((await use(key)).json(), { id: owner.user.id, scopes: [] })
  t.equal((await use(key, '/read')).json().code, 'FAST_AUTH_INSUFFICIENT_SCOPE')
})

t.test('a key passes if it has every required scope', async t => {
  const { owner, use } = await testApplication(t, { keys: true })
  const [reader, writer] = [
    await owner.make({ scopes: ['reports:read', 'reports:write'] }),
    await owner.make({ scopes: ['reports:write'] }),
  ]
  t.equal((await use(reader.key, '/read')).body, 'in')
  t.equal((await use(writer.key, '/read')).json().code, 'FAST_AUTH_INSUFFICIENT_SCOPE')
  t.equal((await use(reader.key, '/session')).json().code, 'FAST_AUTH_SESSION_REQUIRED')
})

t.test('who am I: a key gets its owner and its scopes', async t => {
  const { owner, use } = await testApplication(t, { keys: true })
  const { key } = await owner.make({ scopes: ['reports:read'] })
  const { user, ...rest } = (await use(key, '/auth/me')).json()
  t.equal(user.email, ada.email)
  t.strictSame(rest, { via: 'apiKey', scopes: ['reports:read'] })
})

t.test(
  'a key has precedence over a valid cookie, and an invalid key is a 401 beside one, also if signing in is optional',
  async t => {
    const { app, owner, ownerOf } = await testApplication(t, { keys: true })
    const ben = await ownerOf({ ...ada, email: 'ben@example.com' })
    const { key } = await owner.make()
    const cookie = `__Host-access_token=${ben.accessToken}`
    const good = await app.inject({ url: '/any', headers: { ...bearer(key), cookie } })
    t.equal(good.json().id, owner.user.id)
    for (const url of ['/any', '/optional']) {
      const bad = await app.inject({ url, headers: { ...bearer(mistyped(key)), cookie } })
      t.equal(bad.json().code, 'FAST_AUTH_API_KEY_INVALID')
    }
  },
)

t.test('a key is no credential in a cookie, in the query or without its scheme', async t => {
  const { app, owner, calls } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  calls.length = 0
  const codes = []
  for (const request of [
    { url: '/any', headers: { cookie: `__Host-access_token=${key}` } },
    { url: `/any?key=${key}` },
    { url: '/any', headers: { authorization: key } },
    { url: '/any', headers: { authorization: `Basic ${key}` } },
    { url: '/any', headers: { 'x-api-key': key } },
  ]) {
    codes.push((await app.inject(request)).json().code.replace('FAST_AUTH_', ''))
  }
  const [none, invalid] = ['UNAUTHENTICATED', 'ACCESS_TOKEN_INVALID']
  t.strictSame(codes, [invalid, none, invalid, invalid, none])
  t.strictSame(calls, [])
})

t.test('after the prefix was changed the old keys are read as access tokens, which they are not', async t => {
  const options = { storage: { ...memoryStorage(), close: async () => {} } }
  const before = await testApplication(t, { keys: true, options })
  const { key } = await before.owner.make()
  const account = { ...ada, email: 'ben@example.com' }
  const after = await testApplication(t, { keys: { prefix: 'acme-', account }, options })
  t.equal((await after.use(key)).json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  t.equal((await after.use((await after.owner.make()).key)).statusCode, 200)
  t.equal((await before.use(key)).statusCode, 200)
})

t.test('keys go with their user', async t => {
  const storage = memoryStorage()
  const { owner, use } = await testApplication(t, { keys: true, options: { storage } })
  const keys = [await owner.make(), await owner.make()]
  await storage.users.delete({ userId: owner.user.id, now: 0 })
  for (const { key } of keys) t.equal((await use(key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
})

t.test('a thousand invented or damaged keys cost no storage call', async t => {
  const { owner, use, calls } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  calls.length = 0
  const alphabet = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_')
  const madeUp = fc.sample(fc.string({ unit: alphabet, minLength: 49, maxLength: 49 }), 500)
  const damaged = fc.sample(fc.tuple(fc.integer({ min: 3, max: 51 }), alphabet), 500)
  const texts = [
    ...madeUp.map(text => `sk-${text}`),
    ...damaged.map(([place, character]) => key.slice(0, place) + character + key.slice(place + 1)),
  ]
  for (const text of texts.filter(text => text !== key)) {
    if ((await use(text)).statusCode !== 401) t.fail(text)
  }
  t.strictSame(calls, [])
})

t.test('a refused use is emitted, with the reason, and without the key', async t => {
  const { owner, use, events } = await testApplication(t, { keys: true })
  const { key, id } = await owner.make()
  await owner.remove(id)
  events.length = 0
  await use(mistyped(key))
  await use(key)
  const about = {
    at: '2026-01-01T12:00:00.000Z',
    userId: null,
    sessionId: null,
    ip: '127.0.0.1',
    userAgent: 'lightMyRequest',
  }
  t.strictSame(events, [
    { name: 'authn_login_fail', reason: 'mistyped_api_key', requestId: 'req-4', ...about },
    { name: 'authn_login_fail', reason: 'unknown_api_key', requestId: 'req-5', ...about },
  ])
})
