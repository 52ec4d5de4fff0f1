import t from 'tap'
import { ada, bearer, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const removeOthers = { method: 'DELETE', url: '/auth/sessions' } as const

t.test('every other session of the user ends immediately', async t => {
  const { app, calls, events } = await testApplication(t)
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  const here = await signUpForTokens(app)
  const others = [await signInForTokens(app), await signInForTokens(app), await signInForTokens(app)]
  calls.length = 0
  events.length = 0
  const answer = await app.inject({ ...removeOthers, headers: bearer(here.accessToken) })
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { revoked: 3 })
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(calls, ['sessions.revokeAll'])
  t.strictSame(
    events.map(({ name, reason, userId, sessionId }) => [name, reason, userId, sessionId]).sort(),
    others.map(({ session }) => ['authn_token_revoked', 'revoked', here.user.id, session.id]).sort(),
  )
  const me = (token: string) => app.inject({ url: '/auth/me', headers: bearer(token) })
  for (const { accessToken, refreshToken } of others) {
    refused(t, await me(accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
    const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
    refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
  for (const { accessToken, refreshToken } of [here, ben]) {
    t.equal((await me(accessToken)).statusCode, 200)
    t.equal((await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })).statusCode, 200)
  }
})

t.test('if there is no other session, none is revoked', async t => {
  const { app, events } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  events.length = 0
  const answer = await app.inject({ ...removeOthers, headers: bearer(accessToken) })
  t.strictSame(answer.json(), { revoked: 0 })
  t.strictSame(events, [])
})

t.test("another site's page cannot revoke the other sessions", async t => {
  const { app, calls } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  calls.length = 0
  const answer = await app.inject({ ...removeOthers, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, [])
})

t.test('revoking the other sessions requires a session', async t => {
  const { app, calls } = await testApplication(t)
  refused(t, await app.inject(removeOthers), 401, 'FAST_AUTH_UNAUTHENTICATED')
  t.strictSame(calls, [])
})
