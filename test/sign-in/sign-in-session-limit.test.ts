import t from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a sign-in past the maximum ends the session that was refreshed least recently', async t => {
  const ended: unknown[] = []
  const { app, events, advance } = await testApplication(t, {
    options: {
      maximumSessionsPerUser: 2,
      hooks: { afterSessionEnd: ({ userId, sessionId, reason }) => void ended.push([userId, sessionId, reason]) },
    },
  })
  const first = await signUpForTokens(app)
  advance(1)
  const second = await signInForTokens(app)
  advance(1)
  const { refreshToken } = first
  const refreshed = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  events.length = 0
  const third = await signInForTokens(app)
  const userId = first.user.id
  t.hasStrict(
    events.filter(({ name }) => name === 'authn_token_revoked'),
    [{ userId, sessionId: second.session.id, reason: 'too_many_sessions', ip: '127.0.0.1' }],
  )
  t.strictSame(ended, [[userId, second.session.id, 'too_many_sessions']])
  const me = (accessToken: string) => app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  refused(t, await me(second.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await me(refreshed.json().accessToken)).statusCode, 200)
  t.equal((await me(third.accessToken)).statusCode, 200)
})

t.test('a wrong password ends no session', async t => {
  const { app, events } = await testApplication(t, { options: { maximumSessionsPerUser: 1 } })
  const { accessToken } = await signUpForTokens(app)
  const payload = { ...ada, password: 'a wrong password' }
  refused(t, await app.inject({ method: 'POST', url: '/auth/sign-in', payload }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  t.notOk(events.some(({ name }) => name === 'authn_token_revoked'))
})
