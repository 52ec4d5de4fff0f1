import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer, signUpForCookies, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

const profileSchema = Type.Object({
  nickname: Type.Optional(Type.String({ maxLength: 20 })),
  address: Type.Optional(Type.Object({ city: Type.String(), zip: Type.Optional(Type.String()) })),
  motto: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  tags: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
  anything: Type.Optional(Type.Unknown()),
  plan: Type.Optional(Type.String({ readOnly: true })),
})

async function profileApp(t: Test, { options, ...settings }: TestApplicationSettings = {}) {
  const tested = await testApplication(t, { ...settings, options: { profileSchema, ...options } })
  const { app, calls, events } = tested
  const tokens = await signUpForTokens(app)
  calls.length = 0
  events.length = 0
  const headers = bearer(tokens.accessToken)
  const patch = (payload: object | string, more: Record<string, string> = headers) =>
    app.inject({ method: 'PATCH', url: '/auth/me', payload, headers: { 'content-type': 'application/json', ...more } })
  const me = async () => (await app.inject({ url: '/auth/me', headers })).json().user
  const update = (profile: object) => patch({ profile })
  return { ...tested, tokens, headers, patch, update, me }
}

t.test('fields that are given take the place of those before, whole, and all others stay', async t => {
  const { calls, events, tokens, update, me } = await profileApp(t)
  await update({ nickname: 'Ada', address: { city: 'London', zip: 'W1' } })
  calls.length = 0
  events.length = 0
  const answer = await update({ address: { city: 'Paris' }, motto: null })
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(calls, ['users.updateProfile'])
  const profile = { nickname: 'Ada', address: { city: 'Paris' }, motto: null }
  t.strictSame(Object.keys(answer.json()), ['user'])
  t.hasStrict(answer.json(), { user: { id: tokens.user.id, email: ada.email } })
  t.strictSame(answer.json().user.profile, profile)
  t.strictSame((await me()).profile, profile)
  t.matchOnly(events, [
    {
      name: 'user_updated',
      reason: 'profile_updated',
      at: '2026-01-01T12:00:00.000Z',
      userId: tokens.user.id,
      sessionId: tokens.session.id,
      ip: '127.0.0.1',
      userAgent: 'lightMyRequest',
      requestId: /^req-/,
    },
  ])
})

t.test('a patch without fields changes nothing', async t => {
  const { update, me } = await profileApp(t)
  await update({ nickname: 'Ada' })
  t.equal((await update({})).statusCode, 200)
  t.strictSame((await me()).profile, { nickname: 'Ada' })
})

for (const [name, storage] of Object.entries({ memoryStorage, sqlite: () => sqliteStorage({ file: ':memory:' }) })) {
  t.test(`concurrent updates of different fields all take effect: ${name}`, async t => {
    const { update, me } = await profileApp(t, { options: { storage: storage() } })
    const patches = [{ nickname: 'Ada' }, { address: { city: 'Rome' } }, { motto: 'x' }, { anything: 5 }]
    for (const { statusCode } of await Promise.all(patches.map(update))) t.equal(statusCode, 200)
    t.strictSame((await me()).profile, Object.assign({}, ...patches))
  })
}

t.test('an API key, a request without a session and a page of another site change nothing', async t => {
  const { app, headers, patch, calls } = await profileApp(t)
  const key = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'k' } })
  const cookie = await signUpForCookies(app, { ...ada, email: 'ben@example.com' })
  const body = { profile: { nickname: 'x' } }
  calls.length = 0
  refused(t, await patch(body, bearer(key.json().key)), 403, 'FAST_AUTH_SESSION_REQUIRED')
  refused(t, await patch(body, { authorization: '' }), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  refused(t, await patch(body, { cookie, 'sec-fetch-site': 'cross-site' }), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, ['apiKeys.findByHash'])
  t.equal((await patch(body, { cookie, 'sec-fetch-site': 'same-origin' })).statusCode, 200)
})

t.test('a profile may be eight levels deep, at sign-up too', async t => {
  const { app, update, me } = await profileApp(t)
  const levels = (count: number): unknown => (count === 0 ? 1 : { x: levels(count - 1) })
  t.equal((await update({ anything: levels(7) })).statusCode, 200)
  const refusal = await update({ anything: levels(8) })
  refused(t, refusal, 400, 'FST_ERR_VALIDATION')
  t.equal(refusal.json().message, 'body/profile must not be nested more than 8 deep')
  const payload = { ...ada, email: 'ben@example.com', profile: { anything: levels(8) } }
  refused(t, await app.inject({ method: 'POST', url: '/auth/sign-up', payload }), 400, 'FST_ERR_VALIDATION')
  t.strictSame((await me()).profile, { anything: levels(7) })
})

t.test('a profile is never more than 16,384 bytes, one update or several', async t => {
  const { app, update, me } = await profileApp(t)
  t.equal((await update({ anything: 'x'.repeat(10_000) })).statusCode, 200)
  const several = await update({ motto: 'x'.repeat(10_000) })
  refused(t, several, 400, 'FST_ERR_VALIDATION')
  t.equal(several.json().message, 'body/profile must leave the profile at most 16384 bytes of JSON')
  // Five bytes of a body become twenty-two of what is stored.
  const grown = `{"profile":{"anything":[${Array(2000).fill('1e20').join(',')}]}`
  refused(
    t,
    await app.inject({
      method: 'POST',
      url: '/auth/sign-up',
      headers: { 'content-type': 'application/json' },
      payload: `${grown.slice(0, -1)}},"email":"b@example.com","password":"${ada.password}"}`,
    }),
    400,
    'FST_ERR_VALIDATION',
  )
  t.strictSame((await me()).profile, { anything: 'x'.repeat(10_000) })
})

t.test('an account that was deleted meanwhile has no profile to change', async t => {
  const storage = memoryStorage()
  const { tokens, update } = await profileApp(t, { options: { storage } })
  await storage.users.delete({ userId: tokens.user.id, now: 0 })
  refused(t, await update({ nickname: 'x' }), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a stored profile with unknown or invalid fields is still answered', async t => {
  const storage = memoryStorage()
  const { tokens, me } = await profileApp(t, { options: { storage } })
  const odd = { nickname: 5, address: { city: 7, secret: 'x' }, tags: 'none', secret: 'x', plan: { a: 1 } }
  await storage.users.updateProfile({ userId: tokens.user.id, patch: odd, maximumBytes: 1000 })
  t.strictSame((await me()).profile, { nickname: 5, address: { city: 7 }, tags: 'none', plan: { a: 1 } })
})

t.test('without the option there is no route, and no profile at sign-up', async t => {
  const { app } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  const patch = { method: 'PATCH', url: '/auth/me', headers: bearer(accessToken), payload: { profile: {} } } as const
  t.equal((await app.inject(patch)).statusCode, 404)
  const payload = { ...ada, email: 'ben@example.com', profile: {} }
  refused(t, await app.inject({ method: 'POST', url: '/auth/sign-up', payload }), 400, 'FST_ERR_VALIDATION')
})

t.test('a sign-up accepts a profile, and requires it if a field of it is required', async t => {
  const strict = Type.Object({ nickname: Type.String(), plan: Type.Optional(Type.String({ readOnly: true })) })
  const { app } = await testApplication(t, { options: { profileSchema: strict } })
  const signUp = (more: object) =>
    app.inject({ method: 'POST', url: '/auth/sign-up', payload: { ...ada, transport: 'token', ...more } })
  for (const more of [{}, { profile: {} }, { profile: null }, { profile: { nickname: 5 } }]) {
    refused(t, await signUp(more), 400, 'FST_ERR_VALIDATION')
  }
  const answer = await signUp({ profile: { nickname: 'Ada' } })
  t.equal(answer.statusCode, 201)
  t.strictSame(answer.json().user.profile, { nickname: 'Ada' })
  const headers = bearer(answer.json().accessToken)
  const update = await app.inject({ method: 'PATCH', url: '/auth/me', headers, payload: { profile: {} } })
  t.strictSame(update.json().user.profile, { nickname: 'Ada' }, 'an update asks for no field')
})

t.test('the hook that adds claims gets the profile of the sign-up', async t => {
  const seen: object[] = []
  const options = {
    profileSchema,
    claims: ({ user }: { user: { profile: object } }) => ({ n: seen.push(user.profile) }),
  }
  const { app } = await testApplication(t, { options })
  const payload = { ...ada, profile: { nickname: 'Ada' } }
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-up', payload })).statusCode, 201)
  t.strictSame(seen, [{ nickname: 'Ada' }])
})
