import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a key is created, shown in full only once, and valid immediately', async t => {
  const { owner, use, calls, events } = await testApplication(t, { keys: true })
  const answer = await owner.post('', { name: 'nightly reports', scopes: ['reports:read'] })
  t.equal(answer.statusCode, 201)
  t.hasStrict(answer.headers, answerHeaders)
  const { id, key, ...rest } = answer.json()
  t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  t.match(key, /^sk-[0-9A-Za-z]{49}$/)
  t.strictSame(rest, {
    name: 'nightly reports',
    keyPrefix: key.slice(0, 7),
    lastFour: key.slice(-4),
    scopes: ['reports:read'],
    createdAt: '2026-01-01T12:00:00.000Z',
    expiresAt: null,
    lastUsedAt: null,
  })
  t.strictSame(calls, ['apiKeys.create'])
  t.strictSame(events, [
    {
      name: 'authn_token_created',
      at: '2026-01-01T12:00:00.000Z',
      userId: owner.user.id,
      sessionId: owner.session.id,
      apiKeyId: id,
      ip: '127.0.0.1',
      userAgent: 'lightMyRequest',
      requestId: 'req-2',
    },
  ])
  t.strictSame((await use(key)).json(), {
    id: owner.user.id,
    email: ada.email,
    via: 'apiKey',
    apiKeyId: id,
    scopes: ['reports:read'],
  })
})

t.test('a key begins with the prefix that the options say', async t => {
  const { owner, use } = await testApplication(t, { keys: { prefix: 'acme_live_' } })
  const { key, keyPrefix } = await owner.make()
  t.match(key, /^acme_live_[0-9A-Za-z]{49}$/)
  t.equal(keyPrefix, key.slice(0, 14))
  t.equal((await use(key)).statusCode, 200)
})

t.test('a key without scopes has none', async t => {
  const { owner } = await testApplication(t, { keys: true })
  t.strictSame((await owner.make()).scopes, [])
})

t.test('scopes keep the order in which they were asked for', async t => {
  const { owner } = await testApplication(t, { keys: true })
  const scopes = ['reports:write', 'reports:read']
  t.strictSame((await owner.make({ scopes })).scopes, scopes)
})

for (const [what, scopes] of Object.entries({
  'a scope that the application doesn’t know': ['reports:read', 'admin'],
  'a scope in other letters': ['Reports:read'],
  'an empty scope': [''],
  'a scope twice': ['reports:read', 'reports:read'],
  'a text for a list': 'reports:read',
  'null for a list': null,
})) {
  t.test(`${what} is refused, and no key is made`, async t => {
    const { owner, calls } = await testApplication(t, { keys: true })
    const answer = await owner.post('', { name: 'deploy', scopes })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().validation[0].instancePath, /^\/scopes/)
    t.strictSame(calls, [])
  })
}

t.test('an application that knows no scopes has keys without', async t => {
  const { owner } = await testApplication(t, { keys: { scopes: [] } })
  t.strictSame((await owner.make()).scopes, [])
  refused(t, await owner.post('', { name: 'deploy', scopes: ['reports:read'] }), 400, 'FST_ERR_VALIDATION')
})

t.test('blanks around a name are dropped, and those inside are kept', async t => {
  const { owner } = await testApplication(t, { keys: true })
  t.equal((await owner.make({ name: ' \t nightly  reports\n' })).name, 'nightly  reports')
})

t.test('a name has up to 100 characters of any kind', async t => {
  const { owner } = await testApplication(t, { keys: true })
  for (const name of ['x', 'x'.repeat(100), '💥'.repeat(100), ` ${'é'.repeat(100)} `]) {
    t.equal((await owner.make({ name })).name, name.trim())
  }
})

t.test('a name that is empty, too long or no text is refused, and no key is made', async t => {
  const { owner, calls } = await testApplication(t, { keys: true })
  const names = [
    '',
    ' ',
    '\n\t\u00A0',
    'x'.repeat(101),
    '💥'.repeat(101),
    'x'.repeat(10_000),
    'a\0b',
    '\uD800',
    null,
    5,
  ]
  for (const name of names) {
    const answer = await owner.post('', { name })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().validation[0].instancePath, '/name', JSON.stringify(name))
  }
  refused(t, await owner.post('', {}), 400, 'FST_ERR_VALIDATION')
  t.strictSame(calls, [])
})

t.test('the body has no data of other users, and no undocumented field', async t => {
  const { owner, calls } = await testApplication(t, { keys: true })
  for (const field of ['userId', 'id', 'key', 'hash', 'lastUsedAt', 'createdAt', 'overlapSeconds']) {
    refused(t, await owner.post('', { name: 'deploy', [field]: 'x' }), 400, 'FST_ERR_VALIDATION')
  }
  t.strictSame(calls, [])
})

t.test('a key may be asked to end, to the millisecond and in any time zone', async t => {
  const { owner, use, advance } = await testApplication(t, { keys: true })
  const ends = ['2026-01-01T12:00:01Z', '2026-01-01T14:00:01.000+02:00', '2026-01-01T11:30:01.000000000-00:30']
  const keys = await Promise.all(ends.map(expiresAt => owner.make({ expiresAt })))
  for (const { expiresAt } of keys) t.equal(expiresAt, '2026-01-01T12:00:01.000Z')
  advance(0.999)
  for (const { key } of keys) t.equal((await use(key)).statusCode, 200)
  advance(0.001)
  for (const { key } of keys) t.equal((await use(key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
})

t.test('an end that is past, or no timestamp, is refused, and no key is made', async t => {
  const { owner, calls } = await testApplication(t, { keys: true })
  const wrong = [
    '2026-01-01T12:00:00.000Z',
    '2025-01-01T00:00:00Z',
    '2027-01-01',
    '2027-01-01T00:00:00',
    '2027-01-01 00:00:00Z',
    '2027-02-29T00:00:00Z',
    '2027-04-31T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-00-01T00:00:00Z',
    '2027-01-00T00:00:00Z',
    '2027-01-01T24:00:00Z',
    '2027-01-01T00:00:60Z',
    '2027-01-01T00:00:00+24:00',
    '+002027-01-01T00:00:00Z',
    '2027-01-01T00:00:00z',
    'tomorrow',
    '',
    'x'.repeat(1000),
    1_800_000_000_000,
    null,
  ]
  for (const expiresAt of wrong) {
    const answer = await owner.post('', { name: 'deploy', expiresAt })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().validation[0].instancePath, '/expiresAt', String(expiresAt).slice(0, 40))
  }
  t.strictSame(calls, [])
  t.equal((await owner.make({ expiresAt: '2028-02-29T00:00:00Z' })).expiresAt, '2028-02-29T00:00:00.000Z')
})

t.test('without an end a key lives for the default of the options', async t => {
  const { owner } = await testApplication(t, { keys: { defaultLifetimeSeconds: 3600, maximumLifetimeSeconds: 7200 } })
  t.equal((await owner.make()).expiresAt, '2026-01-01T13:00:00.000Z')
  t.equal((await owner.make({ expiresAt: '2026-01-01T14:00:00Z' })).expiresAt, '2026-01-01T14:00:00.000Z')
})

t.test('with a maximum lifetime no key lives longer, nor without an end', async t => {
  const { owner } = await testApplication(t, { keys: { maximumLifetimeSeconds: 7200 } })
  t.equal((await owner.make()).expiresAt, '2026-01-01T14:00:00.000Z')
  const answer = await owner.post('', { name: 'deploy', expiresAt: '2026-01-01T14:00:00.001Z' })
  refused(t, answer, 400, 'FST_ERR_VALIDATION')
  t.equal(answer.json().message, 'body/expiresAt must be within 7200 seconds')
})

t.test('a default without a maximum allows later ends on request', async t => {
  const { owner } = await testApplication(t, { keys: { defaultLifetimeSeconds: 60 } })
  t.equal((await owner.make({ expiresAt: '9999-12-31T23:59:59.999Z' })).expiresAt, '9999-12-31T23:59:59.999Z')
})

t.test('a user has as many keys as the options allow, and one more after one is deleted', async t => {
  const { owner, ownerOf } = await testApplication(t, { keys: { maximumPerUser: 2 } })
  const { id } = await owner.make({ expiresAt: '2026-01-01T12:00:01Z' })
  await owner.make()
  refused(t, await owner.post('', { name: 'third' }), 409, 'FAST_AUTH_API_KEY_LIMIT_REACHED')
  const ben = await ownerOf({ ...ada, email: 'ben@example.com' })
  t.equal((await ben.post('', { name: 'his' })).statusCode, 201)
  await owner.remove(id)
  t.equal((await owner.post('', { name: 'third' })).statusCode, 201)
})

t.test('of many concurrent creations no more keys than allowed are created', async t => {
  const { owner } = await testApplication(t, { keys: { maximumPerUser: 3 } })
  const answers = await Promise.all(Array.from({ length: 20 }, () => owner.post('', { name: 'deploy' })))
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 3)
  t.equal((await owner.list()).json().total, 3)
})

t.test('creating a key requires a session; a key does not suffice', async t => {
  const { app, owner, calls } = await testApplication(t, { keys: true })
  const { key } = await owner.make({ scopes: ['reports:read'] })
  const request = { method: 'POST', url: '/auth/api-keys', payload: { name: 'child' } } as const
  calls.length = 0
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.strictSame(calls, ['apiKeys.findByHash'])
})

t.test('an account that was deleted meanwhile gets no key', async t => {
  const storage = memoryStorage()
  const { owner } = await testApplication(t, { keys: true, options: { storage } })
  await storage.users.delete({ userId: owner.user.id, now: 0 })
  refused(t, await owner.post('', { name: 'deploy' }), 401, 'FAST_AUTH_SESSION_REVOKED')
})
