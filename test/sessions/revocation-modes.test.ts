import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** A process of its own on a storage that others use too, with a route that is guarded twice. */
async function appOn(t: Test, storage: Storage, revocation: 'feed' | 'strict' | 'none') {
  const tested = await testApplication(t, {
    options: { storage: { ...storage, close: async () => {} }, revocation },
    after: app => {
      const { authenticate, requireSession, requireScopes } = app.fastAuth
      const onRequest = [authenticate, requireSession]
      app.get('/mine', { onRequest, preHandler: [requireScopes('a'), authenticate] }, async () => 'mine')
    },
  })
  return { ...tested, mine: (token: string) => tested.app.inject({ url: '/mine', headers: bearer(token) }) }
}

for (const mode of ['feed', 'none'] as const) {
  t.test(`in mode ${mode} a protected request costs no storage call, a refused one neither`, async t => {
    const { app, calls, mine } = await appOn(t, memoryStorage(), mode)
    const { accessToken } = await signUpForTokens(app)
    const { accessToken: ended, refreshToken } = await signInForTokens(app)
    await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
    calls.length = 0
    t.equal((await mine(accessToken)).statusCode, 200)
    t.equal((await mine(ended)).json().code, 'FAST_AUTH_SESSION_REVOKED')
    t.equal((await mine('nonsense')).json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
    t.strictSame(calls, [])
  })
}

t.test('in strict mode a protected request costs one storage call, however many guards it passes', async t => {
  const { app, calls, mine } = await appOn(t, memoryStorage(), 'strict')
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  t.equal((await mine(accessToken)).statusCode, 200)
  t.strictSame(calls, ['sessions.find'])
})

t.test('in strict mode what is not authentic or has expired costs no storage call', async t => {
  const { app, calls, mine, advance } = await appOn(t, memoryStorage(), 'strict')
  const { accessToken, refreshToken } = await signUpForTokens(app)
  advance(900)
  calls.length = 0
  for (const token of ['nonsense', `${accessToken}x`, refreshToken]) {
    t.equal((await mine(token)).json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  }
  t.equal((await mine(accessToken)).json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.strictSame(calls, [])
})

t.test('in strict mode a session that another process ended is refused immediately', async t => {
  const storage = memoryStorage()
  const one = await appOn(t, storage, 'strict')
  const two = await appOn(t, storage, 'strict')
  const { accessToken, refreshToken } = await signUpForTokens(one.app)
  t.equal((await two.mine(accessToken)).statusCode, 200)
  await one.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  const refusal = await two.mine(accessToken)
  t.equal(refusal.json().code, 'FAST_AUTH_SESSION_REVOKED')
  t.equal(refusal.headers['www-authenticate'], 'Bearer error="invalid_token"')
  const me = await two.app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test("in mode none another process's revocation shows when the access token is refreshed", async t => {
  const storage = memoryStorage()
  const one = await appOn(t, storage, 'none')
  const two = await appOn(t, storage, 'none')
  const { accessToken, refreshToken } = await signUpForTokens(one.app)
  await one.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  t.equal((await one.mine(accessToken)).json().code, 'FAST_AUTH_SESSION_REVOKED')
  const refresh = await two.app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
})

t.test('a revoked session stays refused until its access tokens have expired, clock differences included', async t => {
  const { app, mine, advance } = await appOn(t, memoryStorage(), 'feed')
  const { accessToken, refreshToken } = await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  advance(899)
  await signInForTokens(app)
  t.equal((await mine(accessToken)).json().code, 'FAST_AUTH_SESSION_REVOKED')
  advance(31)
  const { refreshToken: other } = await signInForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken: other } })
  t.equal((await mine(accessToken)).json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})
