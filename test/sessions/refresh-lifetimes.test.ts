import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, cookieHeader, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const lifetimes = {
  accessTokenLifetimeSeconds: 300,
  sessionIdleLifetimeSeconds: 1000,
  sessionLifetimeSeconds: 2500,
} as const

async function signedInApp(t: Test, options: Partial<FastAuthOptions> = lifetimes) {
  const tested = await testApplication(t, { options })
  const refresh = (refreshToken: string) =>
    tested.app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  const me = (accessToken: string) => tested.app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  return { ...tested, ...(await signUpForTokens(tested.app)), refresh, me }
}

t.test('a session that is not refreshed for its idle lifetime has ended', async t => {
  const { refresh, refreshToken, advance, events } = await signedInApp(t)
  advance(1000)
  refused(t, await refresh(refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.notOk(events.some(({ name }) => name === 'session_renewed' || name === 'authn_token_reuse'))
})

t.test('a refresh in the last moment of the idle lifetime restarts it', async t => {
  const { refresh, refreshToken, advance } = await signedInApp(t)
  advance(999.999)
  const answer = await refresh(refreshToken)
  t.equal(answer.statusCode, 200)
  t.equal(answer.json().session.expiresAt, '2026-01-01T12:33:19.999Z')
})

t.test('no refreshing carries a session past its absolute lifetime', async t => {
  const { refresh, refreshToken, advance } = await signedInApp(t)
  const expiries: string[] = []
  let token = refreshToken
  for (const seconds of [800, 800, 800]) {
    advance(seconds)
    const answer = (await refresh(token)).json()
    token = answer.refreshToken
    expiries.push(answer.session.expiresAt)
  }
  t.strictSame(expiries, ['2026-01-01T12:30:00.000Z', '2026-01-01T12:41:40.000Z', '2026-01-01T12:41:40.000Z'])
  advance(100)
  refused(t, await refresh(token), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
})

t.test('no access token outlives its session', async t => {
  const { refresh, refreshToken, advance, me } = await signedInApp(t)
  let token = refreshToken
  for (const seconds of [900, 900]) {
    advance(seconds)
    token = (await refresh(token)).json().refreshToken
  }
  advance(600)
  const last = (await refresh(token)).json()
  t.hasStrict(last, { accessTokenExpiresAt: '2026-01-01T12:41:40.000Z', expiresIn: 100 })
  advance(99.999)
  t.equal((await me(last.accessToken)).statusCode, 200)
  advance(0.001)
  refused(t, await me(last.accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('an access token is good for its lifetime to the millisecond', async t => {
  const { accessToken, advance, me } = await signedInApp(t)
  advance(299.999)
  t.equal((await me(accessToken)).statusCode, 200)
  advance(0.001)
  refused(t, await me(accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('cookies live as long as the session, so that a refresh comes with the access cookie that names it', async t => {
  const { app, advance } = await signedInApp(t)
  const payload = { email: 'ada@example.com', password: 'correct horse battery' }
  const signIn = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
  t.strictSame(
    signIn.cookies.map(({ name, maxAge }) => [name, maxAge]),
    [
      ['__Host-access_token', 1000],
      ['__Secure-refresh_token', 1000],
    ],
  )
  let cookies = signIn.cookies
  for (const seconds of [900, 900, 600]) {
    advance(seconds)
    const headers = { cookie: cookieHeader({ cookies }) }
    cookies = (await app.inject({ method: 'POST', url: '/auth/refresh', headers })).cookies
  }
  t.strictSame(
    cookies.map(({ maxAge }) => maxAge),
    [100, 100],
  )
})

t.test('a refresh in the last second of a session answers with tokens that end with it', async t => {
  const { app, advance, refresh, refreshToken } = await signedInApp(t, {
    accessTokenLifetimeSeconds: 60,
    sessionIdleLifetimeSeconds: 60,
    sessionLifetimeSeconds: 60,
  })
  advance(59.5)
  const answer = await refresh(refreshToken)
  t.hasStrict(answer.json(), { expiresIn: 1, session: { expiresAt: '2026-01-01T12:01:00.000Z' } })
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })).statusCode, 200)
})
