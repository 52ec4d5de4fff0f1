import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { type TestApplication, testApplication } from '../support/test-application.js'

const remove = ({ app }: Pick<TestApplication, 'app'>, headers: Record<string, string>, payload: object = ada) =>
  app.inject({ method: 'DELETE', url: '/auth/me', headers, payload })
const password = { password: ada.password }

t.test('the account is gone, its cookies are expired, and every session and key is reported', async t => {
  const tested = await testApplication(t)
  const { app, calls, events } = tested
  const cookie = await signUpForCookies(app)
  const { accessToken, user, session } = await signInForTokens(app)
  const key = await app.inject({
    method: 'POST',
    url: '/auth/api-keys',
    headers: bearer(accessToken),
    payload: { name: 'k' },
  })
  calls.length = 0
  events.length = 0
  const hashes = hashCalls(t)
  const answer = await remove(tested, { cookie }, password)
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.hasStrict(answer.headers, answerHeaders)
  t.hasStrict(answer.cookies, [
    { name: '__Host-access_token', value: '', maxAge: 0, path: '/' },
    { name: '__Secure-refresh_token', value: '', maxAge: 0, path: '/auth' },
  ])
  t.strictSame(calls, ['users.find', 'users.delete'])
  t.equal(hashes().length, 1)
  const about = { at: '2026-01-01T12:00:00.000Z', userId: user.id, ip: '127.0.0.1', userAgent: 'lightMyRequest' }
  const [deleted, ...ended] = events
  t.hasStrict(deleted, { name: 'user_deleted', ...about })
  t.same(new Set(ended.map(({ name, reason }) => `${name} ${reason}`)), new Set(['authn_token_revoked user_deleted']))
  for (const event of ended) t.hasStrict(event, about)
  const sessions = ended.flatMap(({ sessionId }) => sessionId ?? [])
  t.strictSame(new Set(sessions), new Set([deleted?.sessionId, session.id]))
  t.strictSame(
    ended.flatMap(event => ('apiKeyId' in event ? [event.apiKeyId] : [])),
    [key.json().id],
  )
})

t.test(
  'the address is free, and who signs up with it inherits nothing and is matched by nothing from before',
  async t => {
    const tested = await testApplication(t, { mail: true })
    const { app, post, tokenTo } = tested
    const before = await signUpForTokens(app)
    const made = await post('/api-keys', { name: 'deploy' }, bearer(before.accessToken))
    const asKey = () => app.inject({ url: '/auth/me', headers: bearer(made.json().key) })
    t.equal((await asKey()).statusCode, 200, 'the key is remembered')
    const confirmation = await tokenTo(ada.email, 'confirmEmail')
    await post('/password/forgot', { email: ada.email })
    const reset = await tokenTo(ada.email, 'resetPassword')
    await post('/email/change', { email: 'new@example.com', ...password }, bearer(before.accessToken))
    const change = await tokenTo('new@example.com', 'changeEmail')
    t.equal((await remove(tested, bearer(before.accessToken), password)).statusCode, 204)

    const after = await signUpForTokens(app)
    t.not(after.user.id, before.user.id)
    const me = () => app.inject({ url: '/auth/me', headers: bearer(after.accessToken) })
    t.hasStrict((await me()).json(), { user: { id: after.user.id, emailConfirmedAt: null, profile: {} } })
    const old = await app.inject({ url: '/auth/me', headers: bearer(before.accessToken) })
    refused(t, old, 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/refresh', { refreshToken: before.refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    refused(t, await asKey(), 401, 'FAST_AUTH_API_KEY_INVALID')
    const stale = [400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'] as const
    refused(t, await post('/email/confirm', { token: confirmation, password: ada.password }), ...stale)
    refused(t, await post('/password/reset', { token: reset, password: 'a horse of another colour' }), ...stale)
    refused(t, await post('/email/change/confirm', { token: change, password: ada.password }), ...stale)
    const headers = bearer(after.accessToken)
    t.equal((await app.inject({ url: '/auth/sessions', headers })).json().items.length, 1)
    t.equal((await app.inject({ url: '/auth/api-keys', headers })).json().total, 0)
    t.hasStrict((await me()).json(), { user: { email: ada.email, emailConfirmedAt: null } })
  },
)

t.test('pending messages are not sent any more', async t => {
  const storage = memoryStorage()
  const slow: Storage = { ...storage, outbox: { ...storage.outbox, claim: async () => [] } }
  const tested = await testApplication(t, { mail: true, options: { storage: slow } })
  const { accessToken } = await signUpForTokens(tested.app)
  t.equal((await remove(tested, bearer(accessToken), password)).statusCode, 204)
  const now = Date.UTC(2026, 0, 1, 12)
  t.strictSame(await storage.outbox.claim({ now, limit: 10, leaseUntil: now + 1000 }), [])
})

t.test('the sessions of other users stay valid', async t => {
  const tested = await testApplication(t)
  const ben = await signUpForTokens(tested.app, { ...ada, email: 'ben@example.com' })
  const { accessToken } = await signUpForTokens(tested.app)
  await remove(tested, bearer(accessToken), password)
  const me = await tested.app.inject({ url: '/auth/me', headers: bearer(ben.accessToken) })
  t.equal(me.statusCode, 200)
})

t.test('a wrong password deletes nothing, ends nothing and clears no cookie', async t => {
  const tested = await testApplication(t)
  const cookie = await signUpForCookies(tested.app)
  tested.calls.length = 0
  tested.events.length = 0
  const answer = await remove(tested, { cookie }, { password: 'incorrect horse' })
  refused(t, answer, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(tested.calls, ['users.find'])
  const about = { at: '2026-01-01T12:00:00.000Z', userId: String, ip: '127.0.0.1' }
  t.match(tested.events, [{ name: 'authn_login_fail', reason: 'wrong_password', sessionId: String, ...about }])
  t.equal((await tested.app.inject({ url: '/auth/me', headers: { cookie } })).statusCode, 200)
})

t.test('an API key cannot delete an account, and is refused before anything is hashed', async t => {
  const tested = await testApplication(t)
  const { app } = tested
  const { accessToken } = await signUpForTokens(app)
  const headers = bearer(accessToken)
  const key = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'k' } })
  const hashes = hashCalls(t)
  refused(t, await remove(tested, bearer(key.json().key), password), 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.strictSame(hashes(), [])
  t.equal((await app.inject({ url: '/auth/me', headers })).statusCode, 200)
})

t.test('a body without the password, or with anything beside it, is refused', async t => {
  const tested = await testApplication(t)
  const { accessToken, user } = await signUpForTokens(tested.app)
  tested.calls.length = 0
  for (const payload of [{}, { password: '' }, { password: null }, ada, { ...password, userId: user.id }]) {
    refused(t, await remove(tested, bearer(accessToken), payload), 400, 'FST_ERR_VALIDATION')
  }
  const headers = bearer(accessToken)
  refused(t, await tested.app.inject({ method: 'DELETE', url: '/auth/me', headers }), 400, 'FST_ERR_VALIDATION')
  t.strictSame(tested.calls, [])
})

t.test('of four concurrent deletions one succeeds; for the others the account is gone, and cookies stay', async t => {
  const tested = await testApplication(t)
  const { accessToken } = await signUpForTokens(tested.app)
  tested.events.length = 0
  const attempts = Array.from({ length: 4 }, () => remove(tested, bearer(accessToken), password))
  const answers = await Promise.all(attempts)
  const [others, winners] = [
    answers.filter(({ statusCode }) => statusCode !== 204),
    answers.filter(({ statusCode }) => statusCode === 204),
  ]
  t.strictSame([winners.length, others.length], [1, 3])
  for (const answer of others) refused(t, answer, 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal(tested.events.filter(({ name }) => name === 'user_deleted').length, 1)
})

t.test('an account that is gone when its password was right is not deleted again', async t => {
  const right = memoryStorage()
  const users: Storage['users'] = {
    ...right.users,
    async delete(request) {
      await right.users.delete(request)
      return right.users.delete(request)
    },
  }
  const tested = await testApplication(t, {
    options: { storage: { ...right, users } },
    after: app => void app.get('/who', { onRequest: app.fastAuth.authenticate }, async ({ user }) => user),
  })
  const { accessToken } = await signUpForTokens(tested.app)
  tested.events.length = 0
  refused(t, await remove(tested, bearer(accessToken), password), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.strictSame(tested.events, [])
  const headers = bearer(accessToken)
  t.equal((await tested.app.inject({ url: '/who', headers })).json().code, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await remove(tested, headers, password)).statusCode, 401)
})
