import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, signUpForTokens, type TokenPair } from '../support/account.js'
import { soon } from '../support/soon.js'
import { testApplication } from '../support/test-application.js'

const introspectionSecret = 'Vb7Nn1Mm5Pp0Rr3Tt6Yy8k9fJ2lq8Xz4'

const expired = { statusCode: 401, code: 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' }

async function appWith(t: Test, options: Partial<FastAuthOptions> = {}) {
  const tested = await testApplication(t, {
    options: { revokePreviousAccessToken: true, introspectionSecrets: [introspectionSecret], ...options },
    after: app => void app.get('/mine', { onRequest: app.fastAuth.authenticate }, async () => 'mine'),
  })
  const { app } = tested
  return {
    ...tested,
    mine: ({ accessToken }: TokenPair) => app.inject({ url: '/mine', headers: bearer(accessToken) }),
    async refresh({ refreshToken }: TokenPair): Promise<TokenPair> {
      return (await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })).json()
    },
    async isActive({ accessToken: token }: TokenPair): Promise<boolean> {
      const headers = bearer(introspectionSecret)
      const answer = await app.inject({ method: 'POST', url: '/auth/tokens/introspect', headers, payload: { token } })
      return answer.json().active
    },
  }
}

for (const revocation of ['feed', 'strict', 'none'] as const) {
  t.test(`with revocation: '${revocation}' a refresh ends the access tokens before it immediately`, async t => {
    const { app, mine, refresh, isActive } = await appWith(t, { revocation })
    const first = await signUpForTokens(app)
    t.equal((await mine(first)).statusCode, 200)
    const second = await refresh(first)
    const third = await refresh(second)
    for (const old of [first, second]) {
      t.hasStrict((await mine(old)).json(), expired)
      t.notOk(await isActive(old))
    }
    t.equal((await mine(third)).statusCode, 200)
    t.ok(await isActive(third))
  })
}

t.test('without the option the access token before a refresh is good until it expires', async t => {
  const { app, mine, refresh, isActive } = await appWith(t, { revokePreviousAccessToken: false })
  const first = await signUpForTokens(app)
  await refresh(first)
  t.equal((await mine(first)).statusCode, 200)
  t.ok(await isActive(first))
})

t.test('a refresh that is repeated in time gets the present pair, and ends nothing', async t => {
  const { app, mine, refresh } = await appWith(t)
  const first = await signUpForTokens(app)
  const second = await refresh(first)
  const repeated = await refresh(first)
  t.equal(repeated.refreshToken, second.refreshToken)
  for (const pair of [second, repeated]) t.equal((await mine(pair)).statusCode, 200)
})

t.test(
  'a client whose access token was ended by a refresh in another process refreshes too, and continues',
  async t => {
    const storage = { ...memoryStorage(), close: async () => {} }
    const options = { storage, revocationFeed: { everySeconds: 0.1 } }
    const one = await appWith(t, options)
    const two = await appWith(t, options)
    const first = await signUpForTokens(one.app)
    const second = await one.refresh(first)
    await soon(async () => (await two.mine(first)).statusCode === 401)
    t.hasStrict((await two.mine(first)).json(), expired)
    t.equal((await two.mine(second)).statusCode, 200)
    t.equal((await two.mine(await two.refresh(first))).statusCode, 200)
    t.notOk(two.calls.includes('sessions.find'))
  },
)

t.test('in strict mode a refresh in one process ends the access token in every other immediately', async t => {
  const options = { storage: { ...memoryStorage(), close: async () => {} }, revocation: 'strict' } as const
  const one = await appWith(t, options)
  const two = await appWith(t, options)
  const first = await signUpForTokens(one.app)
  const second = await one.refresh(first)
  t.hasStrict((await two.mine(first)).json(), expired)
  t.equal((await two.mine(second)).statusCode, 200)
})

t.test('a password change ends the access token of the session that goes on, in the process that answered', async t => {
  const { app, mine } = await appWith(t)
  const before = await signUpForTokens(app)
  const payload = { currentPassword: ada.password, newPassword: 'a different battery', transport: 'token' }
  const headers = bearer(before.accessToken)
  const after = (await app.inject({ method: 'POST', url: '/auth/password/change', headers, payload })).json()
  t.hasStrict((await mine(before)).json(), expired)
  t.equal((await mine(after)).statusCode, 200)
})

t.test('a sign-out with an access token that a refresh has ended ends the session', async t => {
  const { app, mine, refresh } = await appWith(t)
  const first = await signUpForTokens(app)
  const second = await refresh(first)
  await app.inject({ method: 'POST', url: '/auth/sign-out', headers: bearer(first.accessToken) })
  t.equal((await mine(second)).json().code, 'FAST_AUTH_SESSION_REVOKED')
})
