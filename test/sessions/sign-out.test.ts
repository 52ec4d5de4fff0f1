import t from 'tap'
import { ada, bearer, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { browser } from '../support/browser.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const post = { method: 'POST', url: '/auth/sign-out' } as const

const expiredCookies = [
  '__Host-access_token=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
  '__Secure-refresh_token=; Max-Age=0; Path=/auth; HttpOnly; Secure; SameSite=Lax',
]

t.test('signing out by the cookies ends the session immediately and removes the cookies', async t => {
  const { app, calls, events } = await testApplication(t)
  const ben = browser(app)
  const { user, session } = (await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })).json()
  const cookie = (await ben.cookies('/auth/sign-out')).map(({ key, value }) => `${key}=${value}`).join('; ')
  calls.length = 0
  events.length = 0
  const answer = await ben.send(post)
  t.equal(answer.statusCode, 204)
  t.equal(answer.body, '')
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.headers['set-cookie'], expiredCookies)
  t.strictSame(await ben.cookies('/auth/sign-out'), [])
  t.strictSame(calls, ['sessions.revoke'])
  const about = { userId: user.id, sessionId: session.id, at: '2026-01-01T12:00:00.000Z' }
  t.hasStrict(events, [{ name: 'authn_token_revoked', reason: 'sign_out', ...about }])
  t.equal(events.length, 1)
  refused(t, await app.inject({ url: '/auth/me', headers: { cookie } }), 401, 'FAST_AUTH_SESSION_REVOKED')
  const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })
  refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
})

/** Every way to name a session, as request parts. */
const credentials = {
  'the access cookie': ({ accessToken = '' }) => ({ headers: { cookie: `__Host-access_token=${accessToken}` } }),
  'the refresh cookie': ({ refreshToken = '' }) => ({ headers: { cookie: `__Secure-refresh_token=${refreshToken}` } }),
  'the access token': ({ accessToken = '' }) => ({ headers: bearer(accessToken) }),
  'the refresh token in the body': ({ refreshToken = '' }) => ({ payload: { refreshToken } }),
}

for (const [name, request] of Object.entries(credentials)) {
  t.test(`signing out by ${name} alone ends the session`, async t => {
    const { app, calls, events } = await testApplication(t)
    const tokens = await signUpForTokens(app)
    const other = await signInForTokens(app)
    calls.length = 0
    events.length = 0
    const answer = await app.inject({ ...post, ...request(tokens) })
    t.equal(answer.statusCode, 204)
    t.strictSame(answer.headers['set-cookie'], name.includes('cookie') ? expiredCookies : undefined)
    t.strictSame(calls, ['sessions.revoke'])
    t.hasStrict(events, [{ name: 'authn_token_revoked', sessionId: tokens.session.id }])
    const me = (token: string) => app.inject({ url: '/auth/me', headers: bearer(token) })
    refused(t, await me(tokens.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
    t.equal((await me(other.accessToken)).statusCode, 200, 'another session goes on')
  })

  t.test(`signing out by ${name} works when it has expired or was used`, async t => {
    const { app, events, advance } = await testApplication(t)
    const tokens = await signUpForTokens(app)
    const payload = { refreshToken: tokens.refreshToken }
    const successor = (await app.inject({ method: 'POST', url: '/auth/refresh', payload })).json()
    advance(901)
    events.length = 0
    t.equal((await app.inject({ ...post, ...request(tokens) })).statusCode, 204)
    t.hasStrict(events, [{ name: 'authn_token_revoked', sessionId: tokens.session.id }])
    const late = { method: 'POST', url: '/auth/refresh', payload: { refreshToken: successor.refreshToken } } as const
    refused(t, await app.inject(late), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  })

  t.test(`signing out by ${name} a second time answers the same and raises no second event`, async t => {
    const { app, events } = await testApplication(t)
    const tokens = await signUpForTokens(app)
    const first = await app.inject({ ...post, ...request(tokens) })
    events.length = 0
    const second = await app.inject({ ...post, ...request(tokens) })
    t.strictSame([second.statusCode, second.body], [first.statusCode, first.body])
    t.strictSame(second.headers['set-cookie'], first.headers['set-cookie'])
    t.strictSame(events, [])
  })
}

t.test('signing out with credentials of several sessions ends each of them, once', async t => {
  const { app, calls, events } = await testApplication(t)
  const one = await signUpForTokens(app)
  const two = await signInForTokens(app)
  const three = await signInForTokens(app)
  calls.length = 0
  events.length = 0
  const cookie = `__Host-access_token=${two.accessToken}; __Secure-refresh_token=${three.refreshToken}`
  const headers = { cookie, ...bearer(one.accessToken) }
  t.equal((await app.inject({ ...post, headers, payload: { refreshToken: one.refreshToken } })).statusCode, 204)
  t.strictSame(calls, ['sessions.revoke', 'sessions.revoke', 'sessions.revoke'])
  const ended = new Map(events.map(({ sessionId, userId }) => [sessionId, userId]))
  t.strictSame(
    ended,
    new Map([
      [three.session.id, null],
      [one.session.id, one.user.id],
      [two.session.id, one.user.id],
    ]),
    'the event names the person where a credential does',
  )
})

t.test('signing out with nothing or with forgeries answers the same, without a storage call', async t => {
  const { app, calls, events } = await testApplication(t)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  calls.length = 0
  events.length = 0
  const forged = [
    {},
    { payload: {} },
    { headers: bearer(`${accessToken}x`) },
    { headers: bearer(refreshToken) },
    { headers: { authorization: 'Basic YWRhOnB3' } },
    { headers: { cookie: `__Host-access_token=${refreshToken}; __Secure-refresh_token=${accessToken}` } },
    { headers: { cookie: `access_token=${accessToken}; refresh_token=${refreshToken}` } },
    { payload: { refreshToken: accessToken.slice(0, 512) } },
    { payload: { refreshToken: `${refreshToken.slice(0, -2)}AA` } },
  ]
  for (const request of forged) {
    const answer = await app.inject({ ...post, ...request })
    t.equal(answer.statusCode, 204)
  }
  t.strictSame(calls, [])
  t.strictSame(events, [])
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
})

t.test('a page of another site cannot sign a user out by the cookies', async t => {
  const { app, calls } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  calls.length = 0
  for (const one of cookie.split('; ')) {
    const headers = { cookie: one, 'sec-fetch-site': 'cross-site' }
    refused(t, await app.inject({ ...post, headers }), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  }
  t.strictSame(calls, [])
})

t.test(
  'a sign-out without cookies leaves those of the browser alone, which did not send them to another site',
  async t => {
    const { app } = await testApplication(t)
    for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { cookie: '__Secure-known_device=x; theme=dark' }]) {
      const answer = await app.inject({ ...post, headers })
      t.equal(answer.statusCode, 204)
      t.equal(answer.headers['set-cookie'], undefined)
    }
    const stale = await app.inject({ ...post, headers: { cookie: '__Secure-refresh_token=stale' } })
    t.strictSame(stale.headers['set-cookie'], expiredCookies)
  },
)

t.test('without cookies no page needs trust to sign out', async t => {
  const { app } = await testApplication(t)
  const { refreshToken, accessToken } = await signUpForTokens(app)
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
  t.equal((await app.inject({ ...post, headers, payload: { refreshToken } })).statusCode, 204)
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})
