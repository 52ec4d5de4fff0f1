import t from 'tap'
import { ada, bearer, signUpForCookies, signUpForTokens } from '../support/account.js'
import { browser } from '../support/browser.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const request = (refreshToken: unknown) =>
  ({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } as object }) as const

t.test('a refresh token in the body is exchanged for new tokens in the body, without a cookie', async t => {
  const { app, calls, events, advance } = await testApplication(t)
  const { user, session, accessToken, refreshToken } = await signUpForTokens(app)
  advance(600)
  calls.length = 0
  events.length = 0
  const answer = await app.inject(request(refreshToken))
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.matchOnly(answer.json(), {
    user,
    session: { ...session, expiresAt: '2026-01-15T12:10:00.000Z' },
    accessTokenExpiresAt: '2026-01-01T12:25:00.000Z',
    accessToken: /^[\w-]+\.[\w-]+\.[\w-]+$/,
    refreshToken: /^[\w-]{79}$/,
    tokenType: 'Bearer',
    expiresIn: 900,
  })
  t.not(answer.json().refreshToken, refreshToken)
  t.not(answer.json().accessToken, accessToken)
  t.strictSame(calls, ['sessions.rotate'])
  t.hasStrict(events, [
    { name: 'session_renewed', userId: user.id, sessionId: session.id, at: '2026-01-01T12:10:00.000Z' },
  ])
  t.equal(events.length, 1)
})

t.test('a refresh cookie is exchanged for new cookies, without a token in the body', async t => {
  const { app, advance } = await testApplication(t)
  const ben = browser(app)
  const signedUp = await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const before = await ben.cookies('/auth/refresh')
  advance(1000)
  t.equal((await ben.send({ url: '/auth/me' })).json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  const answer = await ben.send({ method: 'POST', url: '/auth/refresh' })
  t.equal(answer.statusCode, 200)
  t.matchOnly(answer.json(), {
    user: signedUp.json().user,
    session: { ...signedUp.json().session, expiresAt: '2026-01-15T12:16:40.000Z' },
    accessTokenExpiresAt: '2026-01-01T12:31:40.000Z',
  })
  const after = await ben.cookies('/auth/refresh')
  t.strictSame(
    after.map(({ key }) => key),
    before.map(({ key }) => key),
  )
  for (const [index, { value }] of after.entries()) t.not(value, before[index]?.value)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('a refresh answers by the transport of the request, with any default transport', async t => {
  const { app } = await testApplication(t, { options: { transport: 'token' } })
  const payload = { ...ada, transport: 'cookie' }
  const ben = browser(app)
  await ben.send({ method: 'POST', url: '/auth/sign-up', payload })
  const answer = await ben.send({ method: 'POST', url: '/auth/refresh' })
  t.equal(answer.json().refreshToken, undefined)
  t.equal(answer.cookies.length, 2)
})

t.test('a request with refresh tokens in both cookie and body is refused, and both stay usable', async t => {
  const { app, calls } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  const { refreshToken } = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  calls.length = 0
  const answer = await app.inject({ ...request(refreshToken), headers: { cookie } })
  refused(t, answer, 400, 'FST_ERR_VALIDATION')
  t.strictSame(answer.json().validation, [
    { instancePath: '/refreshToken', keyword: 'oneWay', message: 'must not be sent beside the refresh cookie' },
  ])
  t.strictSame(calls, [])
  t.equal((await app.inject(request(refreshToken))).statusCode, 200)
  t.equal((await app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })).statusCode, 200)
})

t.test('a refresh without a token asks the client to sign in', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  for (const headers of [{}, bearer(accessToken), { cookie: `__Host-access_token=${accessToken}` }]) {
    const answer = await app.inject({ method: 'POST', url: '/auth/refresh', headers })
    refused(t, answer, 401, 'FAST_AUTH_UNAUTHENTICATED')
    t.equal(answer.headers['www-authenticate'], 'Bearer')
  }
  t.strictSame(calls, [])
})

t.test('a malformed refresh token costs no storage call, in the body or in the cookie', async t => {
  const { app, calls, events } = await testApplication(t)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  calls.length = 0
  events.length = 0
  const flipped = `${refreshToken.slice(0, 40)}${refreshToken[40] === 'A' ? 'B' : 'A'}${refreshToken.slice(41)}`
  for (const forged of ['x', accessToken, flipped, `${refreshToken}A`, refreshToken.slice(0, -1), 'A'.repeat(79)]) {
    const inBody = await app.inject(request(forged.slice(0, 512)))
    const headers = { cookie: `__Secure-refresh_token=${forged}` }
    const inCookie = await app.inject({ method: 'POST', url: '/auth/refresh', headers })
    refused(t, inBody, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    t.equal(inCookie.body, inBody.body)
    t.equal(inCookie.headers['set-cookie'], undefined)
  }
  t.strictSame(calls, [])
  t.hasStrict(events, [{ name: 'authn_token_fail', reason: 'refresh_token_invalid' }])
  t.equal(events.length, 1)
})

t.test("another site's page cannot refresh with the cookie, and leaves it usable", async t => {
  const { app, calls } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  calls.length = 0
  const post = { method: 'POST', url: '/auth/refresh' } as const
  const attack = await app.inject({ ...post, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  refused(t, attack, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, [])
  t.equal((await app.inject({ ...post, headers: { cookie } })).statusCode, 200)
})

t.test('a token in the body needs no trust in the page that sends it', async t => {
  const { app } = await testApplication(t)
  const { refreshToken } = await signUpForTokens(app)
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
  t.equal((await app.inject({ ...request(refreshToken), headers })).statusCode, 200)
})

t.test('an access token of the new pair and of the old pair are both good until they expire', async t => {
  const { app } = await testApplication(t)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  const renewed = await app.inject(request(refreshToken))
  for (const token of [accessToken, renewed.json().accessToken]) {
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(token) })).statusCode, 200)
  }
})
