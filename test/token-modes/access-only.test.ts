import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { browser } from '../support/browser.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const passwords = { currentPassword: ada.password, newPassword: 'a horse of another colour' }

t.test('a sign-in answers with an access token alone, and the session ends when that does', async t => {
  const { post, user } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'access-only', accessTokenLifetimeSeconds: 3600 },
  })
  const answer = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(answer.headers['set-cookie'], undefined)
  const end = '2026-01-01T13:00:00.000Z'
  t.matchOnly(answer.json(), {
    user: { ...user, lastSignInAt: '2026-01-01T12:00:00.000Z' },
    session: { id: String, createdAt: '2026-01-01T12:00:00.000Z', expiresAt: end },
    accessTokenExpiresAt: end,
    accessToken: /^[\w-]+\.[\w-]+\.[\w-]+$/,
    tokenType: 'Bearer',
    expiresIn: 3600,
  })
})

t.test('a browser gets the access cookie alone, for as long as the session', async t => {
  const { app, advance } = await testApplication(t, { options: { tokenMode: 'access-only' } })
  const ben = browser(app)
  const answer = await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  t.strictSame(
    answer.cookies.map(({ name, maxAge }) => [name, maxAge]),
    [['__Host-access_token', 900]],
  )
  advance(899)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
  advance(1)
  refused(t, await ben.send({ url: '/auth/me' }), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('nothing can be refreshed', async t => {
  const { app, calls, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'access-only' },
  })
  const post = { method: 'POST', url: '/auth/refresh' } as const
  for (const request of [
    post,
    { ...post, headers: bearer(accessToken) },
    { ...post, payload: { refreshToken: 'x' } },
  ]) {
    t.equal((await app.inject(request)).statusCode, 404)
  }
  t.strictSame(calls, [])
})

t.test('a session that has ended is not listed, and is purged', async t => {
  const storage = memoryStorage()
  const { app, accessToken, session, advance, post } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'access-only', storage },
  })
  const list = async (token: string) =>
    (await app.inject({ url: '/auth/sessions', headers: bearer(token) })).json().items
  t.hasStrict(await list(accessToken), [{ id: session.id, expiresAt: '2026-01-01T12:15:00.000Z', current: true }])
  advance(900)
  const next = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  t.hasStrict(await list(next.accessToken), [{ id: next.session.id }])
  t.equal((await list(next.accessToken)).length, 1)
  const now = Date.UTC(2026, 0, 1, 12, 15)
  const removed = await storage.purge({ now, revokedBefore: 0, eventsBefore: 0, limit: 10 })
  t.equal(removed.sessions, 1)
})

t.test('a password change answers with an access token, and makes the session no longer', async t => {
  const { post, me, accessToken, session, advance } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'access-only' },
  })
  advance(600)
  const changed = (await post('/password/change', passwords, bearer(accessToken))).json()
  t.strictSame(changed.session, session)
  t.hasStrict(changed, { accessTokenExpiresAt: session.expiresAt, expiresIn: 300 })
  t.notOk('refreshToken' in changed)
  t.equal((await me(changed.accessToken)).statusCode, 200)
  advance(300)
  refused(t, await me(changed.accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('a password change ends every other session', async t => {
  const { post, me, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'access-only' },
  })
  const other = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  await post('/password/change', passwords, bearer(accessToken))
  refused(t, await me(other.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('one session can end another', async t => {
  const { app, post, me, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'access-only' },
  })
  const other = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  const url = `/auth/sessions/${other.session.id}`
  t.equal((await app.inject({ method: 'DELETE', url, headers: bearer(accessToken) })).statusCode, 204)
  refused(t, await me(other.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
})
