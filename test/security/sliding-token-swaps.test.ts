import t, { type Test } from 'tap'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

/** Ada’s session, and a token of every kind that must not be exchanged. */
async function otherTokens(t: Test) {
  const tested = await testApplication(t, { mail: true, signedIn: true, options: { tokenMode: 'sliding' } })
  const { post, tokenTo, accessToken, session } = tested
  await post('/password/forgot', { email: ada.email })
  await post('/email/change', { email: 'new@example.com', password: ada.password }, bearer(accessToken))
  const made = await post('/api-keys', { name: 'deploy' }, bearer(accessToken))
  const resetPassword = await tokenTo(ada.email, 'resetPassword')
  const changeEmail = await tokenTo('new@example.com', 'changeEmail')
  // As mode `pair` would make it, for the present generation of the very session.
  const refresh = createRefreshTokens(createKeyring([secret])).issue({ sessionId: session.id, generation: 0 })
  tested.calls.length = 0
  tested.events.length = 0
  return { ...tested, key: String(made.json().key), foreignTokens: { refresh, resetPassword, changeEmail } }
}

t.test('a refresh by bearer token takes an access token and no other, which stays good', async t => {
  const { refresh, accessToken, key, foreignTokens, calls, events } = await otherTokens(t)
  for (const token of Object.values(foreignTokens))
    refused(t, await refresh(token), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  t.strictSame(calls, [])
  refused(t, await refresh(key), 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.hasStrict(events, [
    { name: 'authn_token_fail', reason: 'access_token_invalid' },
    { name: 'authz_fail', reason: 'session_required' },
  ])
  t.equal(events.length, 2)
  t.equal((await refresh(accessToken)).statusCode, 200)
})

t.test('a refresh by cookie takes an access token and no other, not even an API key', async t => {
  const { post, accessToken, key, foreignTokens, calls } = await otherTokens(t)
  const byCookie = (token: string) => post('/refresh', undefined, { cookie: `__Host-access_token=${token}` })
  for (const token of [key, ...Object.values(foreignTokens)]) {
    refused(t, await byCookie(token), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  }
  t.strictSame(calls, [])
  t.equal((await byCookie(accessToken)).statusCode, 200)
})

t.test('a refresh token of the very session opens nothing and refreshes nothing', async t => {
  const { app, post, me, foreignTokens, calls } = await otherTokens(t)
  const { refresh: refreshToken } = foreignTokens
  refused(t, await me(refreshToken), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  const cookie = `__Secure-refresh_token=${refreshToken}; __Host-access_token=${refreshToken}`
  refused(t, await app.inject({ url: '/auth/me', headers: { cookie } }), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  refused(t, await post('/refresh', undefined, { cookie }), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  t.strictSame(calls, [])
})
