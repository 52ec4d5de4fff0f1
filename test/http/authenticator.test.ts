import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

/** An app with a route for members and an optional one, and two accounts: one is requested, the other stays unchanged. */
async function guardedApp(t: Test) {
  const tested = await testApplication(t, {
    after: app => {
      const { authenticate, authenticateOptional } = app.fastAuth
      app.all('/members', { onRequest: authenticate }, async ({ user }) => ({ user }))
      app.all('/optional', { onRequest: authenticateOptional }, async ({ user }) => ({ user }))
      app.all('/both', { onRequest: [authenticateOptional, authenticate] }, async ({ user }) => ({ user }))
      app.get('/open', async ({ user }) => ({ user }))
    },
  })
  const { accessToken, user, session, refreshToken } = await signUpForTokens(tested.app)
  const ben = await signUpForTokens(tested.app, { ...ada, email: 'ben@example.com' })
  tested.calls.length = 0
  const self = { id: user.id, email: ada.email, via: 'session', sessionId: session.id }
  const cookieOf = (token: string) => ({ cookie: `__Host-access_token=${token}` })
  return { ...tested, accessToken, refreshToken, self, ben, cookieOf }
}

t.test('handlers see who the request comes from, by token and by cookie', async t => {
  const { app, accessToken, self, cookieOf, calls } = await guardedApp(t)
  for (const headers of [bearer(accessToken), cookieOf(accessToken)]) {
    for (const url of ['/members', '/optional', '/both']) {
      const answer = await app.inject({ url, headers })
      t.strictSame([answer.statusCode, answer.json()], [200, { user: self }])
    }
  }
  t.strictSame((await app.inject({ url: '/open', headers: bearer(accessToken) })).json(), { user: null })
  t.strictSame(calls, [])
})

t.test('without a credential a member route is 401, and an open one goes on without a user', async t => {
  const { app } = await guardedApp(t)
  for (const url of ['/members', '/both']) {
    const answer = await app.inject({ url })
    t.equal(answer.json().code, 'FAST_AUTH_UNAUTHENTICATED')
    t.equal(answer.headers['www-authenticate'], 'Bearer')
  }
  t.strictSame((await app.inject({ url: '/optional' })).json(), { user: null })
})

t.test('a bearer token beats the cookie', async t => {
  const { app, accessToken, self, ben, cookieOf } = await guardedApp(t)
  const headers = { ...bearer(accessToken), ...cookieOf(ben.accessToken) }
  for (const url of ['/members', '/optional']) t.strictSame((await app.inject({ url, headers })).json().user, self)
})

t.test('a bearer token needs no trust in the page that sends it, even beside a cookie', async t => {
  const { app, accessToken, self, cookieOf } = await guardedApp(t)
  const headers = { ...bearer(accessToken), ...cookieOf(accessToken), 'sec-fetch-site': 'cross-site' }
  t.strictSame((await app.inject({ method: 'POST', url: '/members', headers })).json().user, self)
})

t.test(
  'an invalid Authorization header is a 401 even beside a valid cookie, also if signing in is optional',
  async t => {
    const { app, accessToken, refreshToken, cookieOf } = await guardedApp(t)
    const bad = [
      '',
      'Bearer',
      'Bearer ',
      `Bearer${accessToken}`,
      `Bearer "${accessToken}"`,
      `Bearer ${accessToken}, Bearer ${accessToken}`,
      `Bearer ${accessToken} ${accessToken}`,
      `Bearer\t${accessToken}`,
      `Token ${accessToken}`,
      `DPoP ${accessToken}`,
      accessToken,
      `Basic ${Buffer.from(`ada:${accessToken}`).toString('base64')}`,
      `Bearer ${refreshToken}`,
      'Bearer null',
      'Bearer undefined',
      `Bearer ${accessToken.slice(0, -1)}`,
      `Bearer ${accessToken}x`,
      `Bearer ${'x'.repeat(10_000)}`,
    ]
    for (const authorization of bad) {
      for (const url of ['/members', '/optional', '/both']) {
        const answer = await app.inject({ url, headers: { authorization, ...cookieOf(accessToken) } })
        t.equal(answer.statusCode, 401, authorization.slice(0, 20))
        t.equal(answer.json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
        t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
      }
    }
  },
)

t.test('the scheme is read without regard to case and blanks around it', async t => {
  const { app, accessToken, self } = await guardedApp(t)
  for (const authorization of [`bearer ${accessToken}`, `BEARER    ${accessToken}`, `Bearer ${accessToken}  `]) {
    t.strictSame((await app.inject({ url: '/members', headers: { authorization } })).json().user, self)
  }
})

t.test('an invalid cookie counts as none if signing in is optional, and is a 401 if it is required', async t => {
  const { app, accessToken, cookieOf, advance } = await guardedApp(t)
  const code = async (token: string) => {
    t.strictSame((await app.inject({ url: '/optional', headers: cookieOf(token) })).json(), { user: null })
    t.equal((await app.inject({ url: '/both', headers: cookieOf(token) })).statusCode, 401)
    const answer = await app.inject({ url: '/members', headers: cookieOf(token) })
    t.equal(answer.headers['set-cookie'], undefined)
    return answer.json().code
  }
  t.equal(await code(''), 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  t.equal(await code('nonsense'), 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  const { accessToken: ended } = await signUpForTokens(app, { ...ada, email: 'cy@example.com' })
  await app.inject({ method: 'POST', url: '/auth/sign-out', headers: bearer(ended) })
  t.equal(await code(ended), 'FAST_AUTH_SESSION_REVOKED')
  advance(900)
  t.equal(await code(accessToken), 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  const expired = await app.inject({ url: '/optional', headers: bearer(accessToken) })
  t.equal(expired.json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('if signing in is optional, another site’s page is still refused', async t => {
  const { app, accessToken, cookieOf } = await guardedApp(t)
  const headers = { ...cookieOf(accessToken), 'sec-fetch-site': 'cross-site' }
  const answer = await app.inject({ method: 'POST', url: '/optional', headers })
  t.equal(answer.json().code, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame((await app.inject({ url: '/optional', headers })).statusCode, 200)
})

t.test('in strict mode a session that another process ended counts as none if signing in is optional', async t => {
  const storage = memoryStorage()
  const { app, calls } = await testApplication(t, {
    options: { storage, revocation: 'strict' },
    after: app => {
      const { authenticate, authenticateOptional } = app.fastAuth
      app.get('/optional', { onRequest: authenticateOptional }, async ({ user }) => ({ user }))
      app.get('/both', { onRequest: [authenticateOptional, authenticate] }, async ({ user }) => ({ user }))
    },
  })
  const { accessToken, session } = await signUpForTokens(app)
  await storage.sessions.revoke({ sessionId: session.id, now: 0 })
  calls.length = 0
  const headers = { cookie: `__Host-access_token=${accessToken}` }
  t.strictSame((await app.inject({ url: '/optional', headers })).json(), { user: null })
  t.equal((await app.inject({ url: '/optional', headers: bearer(accessToken) })).statusCode, 401)
  calls.length = 0
  t.equal((await app.inject({ url: '/both', headers })).statusCode, 401)
  t.strictSame(calls, ['sessions.find'], 'the storage is asked once')
})
