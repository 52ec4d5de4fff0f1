import t from 'tap'
import { bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

t.test('a refresh token is no access token', async t => {
  const { app, calls } = await testApplication(t)
  const { refreshToken } = await signUpForTokens(app)
  calls.length = 0
  for (const headers of [bearer(refreshToken), { cookie: `__Host-access_token=${refreshToken}` }]) {
    const answer = await app.inject({ url: '/auth/me', headers })
    t.equal(answer.statusCode, 401)
    t.equal(answer.json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  }
  t.same(calls, [])
})

t.test('an access token is no refresh token', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  const refresh = { method: 'POST', url: '/auth/refresh' } as const
  const inCookie = await app.inject({ ...refresh, headers: { cookie: `__Secure-refresh_token=${accessToken}` } })
  t.equal(inCookie.statusCode, 401)
  t.equal(inCookie.json().code, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  const inBody = await app.inject({ ...refresh, payload: { refreshToken: accessToken } })
  t.equal(inBody.statusCode, 401)
  t.equal(inBody.json().code, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  const inHeader = await app.inject({ ...refresh, headers: bearer(accessToken) })
  t.equal(inHeader.json().code, 'FAST_AUTH_UNAUTHENTICATED')
  t.same(calls, [])
})

t.test('each token in the other one’s cookie is refused', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  calls.length = 0
  const cookie = `__Host-access_token=${refreshToken}; __Secure-refresh_token=${accessToken}`
  t.equal((await app.inject({ url: '/auth/me', headers: { cookie } })).statusCode, 401)
  t.equal((await app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })).statusCode, 401)
  t.same(calls, [])
})
