import { join } from 'node:path'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { bearer, signUpForTokens, type TokenPair } from '../support/account.js'
import { failingStorage, type StorageFault, storageFaults } from '../support/failing-storage.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { generationOf } from './fixtures/auth-client.js'
import { quickPasswords } from './fixtures/quick-passwords.js'

/** A user signed in on an SQLite file that can fail. */
async function signedIn(t: Test) {
  const { storage, failNext } = failingStorage(sqliteStorage({ file: join(t.testdir({}), 'auth.db') }))
  const { app, advance, events } = await testApplication(t, {
    options: { storage, storageTimeoutSeconds: 0.2, passwords: quickPasswords },
  })
  const { accessToken, refreshToken } = await signUpForTokens(app)
  const refresh = (token = refreshToken) =>
    app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: token } })
  async function failToRefresh(fault: StorageFault): Promise<void> {
    failNext('sessions.rotate', fault)
    refused(t, await refresh(), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
  }
  return { app, accessToken, refresh, failToRefresh, advance, events }
}

for (const fault of storageFaults) {
  t.test(`a refresh that fails (${fault}) leaves the token as good as it was`, async t => {
    const { refresh, failToRefresh, advance } = await signedIn(t)
    await failToRefresh(fault)
    advance(9)
    const retried = await refresh()
    t.equal(retried.statusCode, 200)
    const successor: TokenPair = retried.json()
    t.equal(generationOf(successor), 1, 'one generation on, not two')
    t.equal((await refresh()).json<TokenPair>().refreshToken, successor.refreshToken, 'every retry gets the same one')
    t.equal((await refresh(successor.refreshToken)).statusCode, 200, 'and it is good')
  })
}

for (const fault of ['throw', 'hang'] as const) {
  t.test(`a refresh that did not take effect (${fault}) may be tried again long after the grace time`, async t => {
    const { refresh, failToRefresh, advance } = await signedIn(t)
    await failToRefresh(fault)
    advance(3600)
    const retried = await refresh()
    t.equal(retried.statusCode, 200)
    t.equal(generationOf(retried.json()), 1)
  })
}

t.test('refreshes that fail again and again, in every way, cost neither the token nor the session', async t => {
  const { refresh, failToRefresh, events } = await signedIn(t)
  for (const fault of [...storageFaults, ...storageFaults]) await failToRefresh(fault)
  const retried = await refresh()
  t.equal(retried.statusCode, 200)
  t.equal(generationOf(retried.json()), 1)
  t.notOk(
    events.some(({ name }) => name === 'authn_token_reuse'),
    'no reuse is reported',
  )
})

t.test('if the answer to a copied token is lost, its next use ends the access tokens too', async t => {
  const { app, refresh, failToRefresh, advance, accessToken } = await signedIn(t)
  const me = () => app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  await refresh()
  advance(11)
  await failToRefresh('apply-then-throw')
  t.equal((await me()).statusCode, 200, 'this process has not heard of it yet')
  refused(t, await refresh(), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  refused(t, await me(), 401, 'FAST_AUTH_SESSION_REVOKED')
})
