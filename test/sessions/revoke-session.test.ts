import t from 'tap'
import { ada, bearer, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const remove = (id: string) => ({ method: 'DELETE', url: `/auth/sessions/${id}` }) as const

t.test('a session that its user revokes ends immediately, and the others continue', async t => {
  const { app, calls, events } = await testApplication(t)
  const here = await signUpForTokens(app)
  const there = await signInForTokens(app)
  calls.length = 0
  events.length = 0
  const answer = await app.inject({ ...remove(there.session.id), headers: bearer(here.accessToken) })
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(calls, ['sessions.revoke'])
  const about = { userId: here.user.id, sessionId: there.session.id, reason: 'revoked' }
  t.hasStrict(events, [{ name: 'authn_token_revoked', ...about }])
  t.equal(events.length, 1)
  const me = (token: string) => app.inject({ url: '/auth/me', headers: bearer(token) })
  refused(t, await me(there.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
  const payload = { refreshToken: there.refreshToken }
  const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload })
  refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.equal((await me(here.accessToken)).statusCode, 200)
})

t.test('a user can revoke the session of the request', async t => {
  const { app } = await testApplication(t)
  const { accessToken, session } = await signUpForTokens(app)
  const request = { ...remove(session.id), headers: bearer(accessToken) }
  t.equal((await app.inject(request)).statusCode, 204)
  refused(t, await app.inject(request), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('another user’s session and an unknown one get the same answer, and nothing is revoked', async t => {
  const { app, events } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  events.length = 0
  const foreign = await app.inject({ ...remove(ben.session.id), headers: bearer(accessToken) })
  const unknown = await app.inject({ ...remove(ben.user.id), headers: bearer(accessToken) })
  refused(t, foreign, 404, 'FAST_AUTH_SESSION_NOT_FOUND')
  t.equal(unknown.body, foreign.body)
  t.strictSame(events, [])
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(ben.accessToken) })).statusCode, 200)
  const payload = { refreshToken: ben.refreshToken }
  t.equal((await app.inject({ method: 'POST', url: '/auth/refresh', payload })).statusCode, 200)
})

t.test('an id in upper case names the same session', async t => {
  const { app, events } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  const there = await signInForTokens(app)
  const answer = await app.inject({ ...remove(there.session.id.toUpperCase()), headers: bearer(accessToken) })
  t.equal(answer.statusCode, 204)
  t.equal(events.at(-1)?.sessionId, there.session.id)
  const me = await app.inject({ url: '/auth/me', headers: bearer(there.accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a malformed id is refused without a storage call', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken, session } = await signUpForTokens(app)
  calls.length = 0
  const ids = ['1', 'me', `${session.id}0`, session.id.replaceAll('-', ''), `%7B${session.id}%7D`, `${session.id}%00`]
  for (const id of ids) {
    const answer = await app.inject({ ...remove(id), headers: bearer(accessToken) })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().validation[0].instancePath, '/id')
  }
  t.strictSame(calls, [])
})

t.test("another site's page cannot revoke a session", async t => {
  const { app, calls } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  calls.length = 0
  const headers = { cookie, 'sec-fetch-site': 'cross-site' }
  const answer = await app.inject({ ...remove('3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'), headers })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, [])
})

t.test('revoking a session requires a session', async t => {
  const { app, calls } = await testApplication(t)
  const { session, refreshToken } = await signUpForTokens(app)
  calls.length = 0
  refused(t, await app.inject(remove(session.id)), 401, 'FAST_AUTH_UNAUTHENTICATED')
  const byRefreshCookie = { ...remove(session.id), headers: { cookie: `__Secure-refresh_token=${refreshToken}` } }
  refused(t, await app.inject(byRefreshCookie), 401, 'FAST_AUTH_UNAUTHENTICATED')
  t.strictSame(calls, [])
})
