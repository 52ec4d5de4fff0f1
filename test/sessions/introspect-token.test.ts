import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { bearer, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { otherSecret, secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const introspectionSecret = 'k8Jq-0s_dfA.3~x+Yz/P4tRwLmNvBcGh5e=='
const bea = { email: 'bea@example.com', password: 'correct horse battery' }
const noonSeconds = Date.UTC(2026, 0, 1, 12) / 1000

function introspect(app: FastifyInstance, token: unknown, headers: Record<string, string>) {
  return app.inject({ method: 'POST', url: '/auth/tokens/introspect', payload: { token }, headers })
}

const introspecting = { options: { introspectionSecrets: [introspectionSecret] } }

t.test('an own access token and refresh token are described as RFC 7662 has it', async t => {
  const { app } = await testApplication(t, introspecting)
  const { accessToken, refreshToken, user, session } = await signUpForTokens(app)
  const about = { sub: user.id, sessionId: session.id, iat: noonSeconds }
  t.same((await introspect(app, accessToken, bearer(accessToken))).json(), {
    active: true,
    tokenType: 'access_token',
    ...about,
    exp: noonSeconds + 900,
  })
  t.same((await introspect(app, refreshToken, bearer(accessToken))).json(), {
    active: true,
    tokenType: 'refresh_token',
    ...about,
    exp: noonSeconds + 14 * 86_400,
  })
})

t.test('a cookie may ask too, from our own pages', async t => {
  const { app } = await testApplication(t, introspecting)
  const cookie = await signUpForCookies(app)
  const { accessToken } = await signInForTokens(app)
  t.equal((await introspect(app, accessToken, { cookie })).json().active, true)
  t.equal((await introspect(app, accessToken, { cookie, 'sec-fetch-site': 'cross-site' })).statusCode, 403)
})

t.test('asking uses nothing up', async t => {
  const { app } = await testApplication(t, introspecting)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  for (let times = 0; times < 3; times += 1) {
    t.equal((await introspect(app, refreshToken, bearer(accessToken))).json().active, true)
  }
  const refreshed = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  t.equal(refreshed.statusCode, 200)
})

t.test('tokens of another user are inactive to a user, and active to a service with the secret', async t => {
  const { app } = await testApplication(t, introspecting)
  const ada = await signUpForTokens(app)
  const other = await signUpForTokens(app, bea)
  for (const token of [ada.accessToken, ada.refreshToken]) {
    t.same((await introspect(app, token, bearer(other.accessToken))).json(), { active: false })
    t.hasStrict((await introspect(app, token, bearer(introspectionSecret))).json(), { active: true, sub: ada.user.id })
  }
})

t.test('an exchanged refresh token is active within the grace time, and inactive after it', async t => {
  const { app, advance } = await testApplication(t, introspecting)
  const { refreshToken } = await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  const isActive = async () => (await introspect(app, refreshToken, bearer(introspectionSecret))).json().active
  advance(9)
  t.equal(await isActive(), true)
  advance(2)
  t.equal(await isActive(), false)
})

t.test('a token is inactive from the end of its session, in any process', async t => {
  const { app, advance } = await testApplication(t, introspecting)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  for (const token of [accessToken, refreshToken]) {
    t.same((await introspect(app, token, bearer(introspectionSecret))).json(), { active: false })
  }
  const later = await signInForTokens(app)
  advance(901)
  t.same((await introspect(app, later.accessToken, bearer(introspectionSecret))).json(), { active: false })
  t.equal((await introspect(app, later.refreshToken, bearer(introspectionSecret))).json().active, true)
  advance(14 * 86_400)
  t.same((await introspect(app, later.refreshToken, bearer(introspectionSecret))).json(), { active: false })
})

t.test(
  'an exchanged refresh token is active within the grace time, and inactive after it, which ends no session',
  async t => {
    const { app, advance } = await testApplication(t, introspecting)
    const { refreshToken } = await signUpForTokens(app)
    await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
    t.equal((await introspect(app, refreshToken, bearer(introspectionSecret))).json().active, true)
    advance(11)
    t.same((await introspect(app, refreshToken, bearer(introspectionSecret))).json(), { active: false })
    t.equal((await signInForTokens(app)).user.id.length, 36)
    const successor = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
    t.equal(successor.json().code, 'FAST_AUTH_REFRESH_TOKEN_REUSED', 'the session lived until a client used it')
  },
)

t.test('a token that is not authentic is inactive, and costs no storage call', async t => {
  const { app, calls } = await testApplication(t, introspecting)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  calls.length = 0
  for (const token of ['x', `${accessToken}x`, refreshToken.slice(1), introspectionSecret, secret, 'a'.repeat(4096)]) {
    t.same((await introspect(app, token, bearer(introspectionSecret))).json(), { active: false })
  }
  t.same(calls, [])
})

async function makeKey(app: FastifyInstance, accessToken: string, wishes: object = {}) {
  const payload = { name: 'backup', ...wishes }
  const answer = await app.inject({ method: 'POST', url: '/auth/api-keys', payload, headers: bearer(accessToken) })
  return answer.json<{ id: string; key: string }>()
}

t.test('an API key is described with its scopes and its end, and may ask about itself', async t => {
  const { app } = await testApplication(t, { options: { apiKeys: { scopes: ['reports:read'] } } })
  const { accessToken, user } = await signUpForTokens(app)
  const { key } = await makeKey(app, accessToken, {
    scopes: ['reports:read'],
    expiresAt: new Date((noonSeconds + 3600) * 1000).toISOString(),
  })
  const about = { active: true, tokenType: 'api_key', sub: user.id, iat: noonSeconds }
  t.same((await introspect(app, key, bearer(key))).json(), {
    ...about,
    scopes: ['reports:read'],
    exp: noonSeconds + 3600,
  })
  const endless = await makeKey(app, accessToken)
  t.same((await introspect(app, endless.key, bearer(accessToken))).json(), { ...about, scopes: [] })
})

t.test('a deleted, an expired, a mistyped and a foreign API key are inactive', async t => {
  const { app, advance } = await testApplication(t, introspecting)
  const { accessToken } = await signUpForTokens(app)
  const expiresAt = new Date((noonSeconds + 60) * 1000).toISOString()
  const [deleted, expiring, foreign] = await Promise.all([
    makeKey(app, accessToken),
    makeKey(app, accessToken, { expiresAt }),
    makeKey(app, (await signUpForTokens(app, bea)).accessToken),
  ])
  await app.inject({ method: 'DELETE', url: `/auth/api-keys/${deleted.id}`, headers: bearer(accessToken) })
  t.equal((await introspect(app, foreign.key, bearer(introspectionSecret))).json().active, true)
  advance(60)
  for (const token of [deleted.key, expiring.key, foreign.key, `${foreign.key.slice(0, -1)}!`]) {
    t.same((await introspect(app, token, bearer(accessToken))).json(), { active: false })
  }
})

t.test('callers without a credential learn nothing', async t => {
  const { app } = await testApplication(t, introspecting)
  const { accessToken } = await signUpForTokens(app)
  const anonymous = await introspect(app, accessToken, {})
  t.same([anonymous.statusCode, anonymous.json().code], [401, 'FAST_AUTH_UNAUTHENTICATED'])
  for (const wrong of [otherSecret, introspectionSecret.slice(1), `${introspectionSecret}=`, 'x']) {
    const answer = await introspect(app, accessToken, bearer(wrong))
    t.same([answer.statusCode, answer.json().code], [401, 'FAST_AUTH_ACCESS_TOKEN_INVALID'])
  }
})

t.test('the introspection secret is good for nothing else', async t => {
  const { app } = await testApplication(t, introspecting)
  for (const url of ['/auth/me', '/auth/sessions']) {
    t.equal((await app.inject({ url, headers: bearer(introspectionSecret) })).statusCode, 401, url)
  }
})

t.test('each of several introspection secrets is honoured', async t => {
  const { app } = await testApplication(t, { options: { introspectionSecrets: [introspectionSecret, otherSecret] } })
  const { accessToken } = await signUpForTokens(app)
  for (const known of [introspectionSecret, otherSecret]) {
    t.equal((await introspect(app, accessToken, bearer(known))).json().active, true)
  }
})

for (const token of [undefined, null, '', 5, ['x'], { x: 1 }, 'a'.repeat(4097)]) {
  t.test(`the token ${JSON.stringify(token)?.slice(0, 20)} is a 400`, async t => {
    const { app } = await testApplication(t, introspecting)
    const answer = await introspect(app, token, bearer(introspectionSecret))
    t.same([answer.statusCode, answer.json().code], [400, 'FST_ERR_VALIDATION'])
  })
}
