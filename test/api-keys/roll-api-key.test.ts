import { randomUUID } from 'node:crypto'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a rolled key has a successor of the same name and scopes, and is refused immediately', async t => {
  const { owner, use, calls, events, advance } = await testApplication(t, { keys: true })
  const old = await owner.make({ name: 'nightly', scopes: ['reports:read'] })
  await use(old.key)
  advance(30)
  calls.length = 0
  events.length = 0
  const answer = await owner.post(`/${old.id}/roll`)
  t.equal(answer.statusCode, 201)
  t.strictSame(calls, ['apiKeys.roll'])
  const { id, key, keyPrefix, lastFour, ...rest } = answer.json()
  t.notOk([old.id, old.key].includes(id) || key === old.key)
  t.strictSame([keyPrefix, lastFour], [key.slice(0, 7), key.slice(-4)])
  t.strictSame(rest, {
    name: 'nightly',
    scopes: ['reports:read'],
    createdAt: '2026-01-01T12:00:30.000Z',
    expiresAt: null,
    lastUsedAt: null,
  })
  const about = {
    at: '2026-01-01T12:00:30.000Z',
    userId: owner.user.id,
    sessionId: owner.session.id,
    reason: 'rolled',
    ip: '127.0.0.1',
    userAgent: 'lightMyRequest',
    requestId: 'req-4',
  }
  t.strictSame(events, [
    { name: 'authn_token_created', apiKeyId: id, ...about },
    { name: 'authn_token_revoked', apiKeyId: old.id, ...about },
  ])
  t.equal((await use(old.key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
  t.equal((await use(key)).json().apiKeyId, id)
  t.strictSame((await owner.list()).json().total, 1)
})

t.test('with an overlap both keys are good until its end, though the old one is remembered', async t => {
  const { owner, use, advance } = await testApplication(t, { keys: true })
  const old = await owner.make()
  await use(old.key)
  const { key } = (await owner.post(`/${old.id}/roll`, { overlapSeconds: 20 })).json()
  advance(19.999)
  t.strictSame([(await use(old.key)).statusCode, (await use(key)).statusCode], [200, 200])
  advance(0.001)
  t.strictSame([(await use(old.key)).statusCode, (await use(key)).statusCode], [401, 200])
  const { items } = (await owner.list('?sortOrder=asc')).json()
  t.ok(items.some(({ expiresAt }: { expiresAt: unknown }) => expiresAt === '2026-01-01T12:00:20.000Z'))
})

t.test('an overlap moves no end back', async t => {
  const { owner, use, advance } = await testApplication(t, { keys: true })
  const old = await owner.make({ expiresAt: '2026-01-01T12:00:10Z' })
  await owner.post(`/${old.id}/roll`, { overlapSeconds: 3600 })
  advance(10)
  t.equal((await use(old.key)).statusCode, 401)
})

t.test('the successor lives as long as the old key was made to, and no longer than the options allow', async t => {
  const { owner, advance } = await testApplication(t, { keys: { maximumLifetimeSeconds: 3600 } })
  const old = await owner.make({ expiresAt: '2026-01-01T12:10:00Z' })
  const longest = await owner.make()
  advance(60)
  t.equal((await owner.post(`/${old.id}/roll`)).json().expiresAt, '2026-01-01T12:11:00.000Z')
  t.equal((await owner.post(`/${longest.id}/roll`)).json().expiresAt, '2026-01-01T13:01:00.000Z')
})

t.test('a key from before there was a longest lifetime has a successor that keeps to it', async t => {
  const storage = memoryStorage()
  const { owner } = await testApplication(t, { keys: true, options: { storage } })
  const { id } = await owner.make()
  const { app } = await testApplication(t, { options: { storage, apiKeys: { maximumLifetimeSeconds: 3600 } } })
  const headers = bearer(owner.accessToken)
  const answer = await app.inject({ method: 'POST', url: `/auth/api-keys/${id}/roll`, headers, payload: {} })
  t.equal(answer.json().expiresAt, '2026-01-01T13:00:00.000Z')
})

t.test('an expired key can be rolled', async t => {
  const { owner, use, advance } = await testApplication(t, { keys: true })
  const old = await owner.make({ expiresAt: '2026-01-01T12:00:10Z' })
  advance(60)
  const { key, expiresAt } = (await owner.post(`/${old.id}/roll`, { overlapSeconds: 60 })).json()
  t.equal(expiresAt, '2026-01-01T12:01:10.000Z')
  t.strictSame([(await use(old.key)).statusCode, (await use(key)).statusCode], [401, 200])
})

t.test('within its overlap a key can be rolled again, and its successor ends no later than itself was to', async t => {
  const { owner, use, advance } = await testApplication(t, { keys: true })
  const old = await owner.make()
  const first = (await owner.post(`/${old.id}/roll`, { overlapSeconds: 20 })).json()
  advance(10)
  const second = (await owner.post(`/${old.id}/roll`, { overlapSeconds: 3600 })).json()
  t.equal(second.expiresAt, '2026-01-01T12:00:30.000Z')
  for (const { key } of [old, first, second]) t.equal((await use(key)).statusCode, 200)
  advance(10)
  t.equal((await use(old.key)).statusCode, 401)
})

t.test('at the limit a key is rolled without an overlap only', async t => {
  const { owner, use } = await testApplication(t, { keys: { maximumPerUser: 1 } })
  const old = await owner.make()
  const answer = await owner.post(`/${old.id}/roll`, { overlapSeconds: 1 })
  refused(t, answer, 409, 'FAST_AUTH_API_KEY_LIMIT_REACHED')
  t.equal((await use(old.key)).statusCode, 200)
  t.equal((await owner.post(`/${old.id}/roll`)).statusCode, 201)
})

t.test('of many concurrent rolls of a key one creates a successor', async t => {
  const { owner } = await testApplication(t, { keys: true })
  const { id } = await owner.make()
  const answers = await Promise.all(Array.from({ length: 20 }, () => owner.post(`/${id}/roll`)))
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1)
  t.equal(answers.filter(({ statusCode }) => statusCode === 404).length, 19)
  t.equal((await owner.list()).json().total, 1)
})

t.test('an unknown key and another user’s get the same 404, and the other user’s stays valid', async t => {
  const { owner, ownerOf, use, events } = await testApplication(t, { keys: true })
  const ben = await ownerOf({ ...ada, email: 'ben@example.com' })
  const foreign = await ben.make()
  events.length = 0
  for (const id of [randomUUID(), foreign.id]) {
    for (const overlapSeconds of [0, 60]) {
      refused(t, await owner.post(`/${id}/roll`, { overlapSeconds }), 404, 'FAST_AUTH_API_KEY_NOT_FOUND')
    }
  }
  t.strictSame(events, [])
  t.equal((await use(foreign.key)).statusCode, 200)
  t.equal((await ben.list()).json().total, 1)
})

t.test('an overlap is a whole number of seconds, at most thirty days', async t => {
  const { owner, calls } = await testApplication(t, { keys: true })
  const { id } = await owner.make()
  calls.length = 0
  for (const overlapSeconds of [-1, 0.5, 2_592_001, '5', null, true, [5]]) {
    refused(t, await owner.post(`/${id}/roll`, { overlapSeconds }), 400, 'FST_ERR_VALIDATION')
  }
  refused(t, await owner.post(`/${id}/roll`, { name: 'other' }), 400, 'FST_ERR_VALIDATION')
  refused(t, await owner.post('/x/roll'), 400, 'FST_ERR_VALIDATION')
  t.strictSame(calls, [])
  t.equal((await owner.post(`/${id}/roll`, { overlapSeconds: 2_592_000 })).statusCode, 201)
})

t.test('no key rolls a key, not even itself', async t => {
  const { app, owner, use } = await testApplication(t, { keys: true })
  const { id, key } = await owner.make()
  const answer = await app.inject({ method: 'POST', url: `/auth/api-keys/${id}/roll`, headers: bearer(key) })
  refused(t, answer, 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.equal((await use(key)).statusCode, 200)
})
