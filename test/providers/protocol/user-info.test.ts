import t, { type Test } from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { clientId } from '../../support/providers/provider-flow.js'
import { type Claims, signingKey, unsigned } from '../../support/providers/signing-key.js'
import type { Answer } from '../../support/providers/stand-in-server.js'

async function withUserInfo(t: Test, answer: Answer, options: Parameters<typeof hostileProvider>[1] = {}) {
  const hostile = await hostileProvider(t, { vouchesForEmail: true, ...options })
  hostile.describe({
    userinfo_endpoint: `${hostile.issuer}/me`,
    userinfo_signing_alg_values_supported: ['ES256', 'none'],
  })
  hostile.server.answer('/me', answer)
  return hostile
}

const jwt = (token: string) => ({ headers: { 'content-type': 'application/jwt' }, body: token })
const invalid = { outcome: 'invalid', reason: 'user_info' }
const about = { sub: 'user-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }

t.test('the address comes from the user info endpoint if the ID token has none', async t => {
  const hostile = await withUserInfo(t, { body: about })
  t.match(await hostile.signIn({ answer: { access_token: 'AT' } }), {
    identity: { subject: 'user-1', email: 'ada@example.com', isEmailVerified: true, profile: { name: 'Ada' } },
  })
  const request = hostile.server.requests.find(({ path }) => path === '/me')
  t.equal(request?.headers.authorization, 'Bearer AT')
})

t.test('the endpoint is not requested for an address that is there, or that was not wanted', async t => {
  const hostile = await withUserInfo(t, { body: about })
  t.match(await hostile.signIn({ claims: { email: 'eve@example.com' } }), { identity: { email: 'eve@example.com' } })
  const other = await withUserInfo(t, { body: about }, { scopes: ['openid'] })
  t.match(await other.signIn(), { identity: { email: null } })
  t.equal(hostile.requestsOf('/me') + other.requestsOf('/me'), 0)
})

t.test('an address and its verification come from the same answer', async t => {
  const hostile = await withUserInfo(t, { body: { ...about, email_verified: undefined } })
  t.match(await hostile.signIn({ claims: { email_verified: true } }), {
    identity: { email: 'ada@example.com', isEmailVerified: false },
  })
})

t.test('the signed claims of the ID token cannot be replaced', async t => {
  const body = { ...about, iss: 'https://evil.example', name: 'Eve', tid: 'x' }
  const hostile = await withUserInfo(t, { body })
  t.match(await hostile.signIn({ claims: { name: 'Ada' } }), {
    identity: { issuer: hostile.issuer, profile: { name: 'Ada' } },
  })
})

t.test('claims about another user are refused', async t => {
  for (const sub of ['user-2', '', undefined, 5]) {
    const hostile = await withUserInfo(t, { body: { ...about, sub } })
    t.same(await hostile.signIn(), invalid)
  }
})

t.test('a refused or malformed answer is refused', async t => {
  for (const answer of [
    { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: {} },
    { status: 403, body: {} },
    { status: 302, headers: { location: '/elsewhere' } },
    { body: '{' },
    { body: [] },
    { body: about, headers: { 'content-type': 'text/plain' } },
  ]) {
    const hostile = await withUserInfo(t, answer)
    t.same(await hostile.signIn(), invalid, JSON.stringify(answer))
  }
})

t.test('an endpoint that fails makes the provider unavailable', async t => {
  const hostile = await withUserInfo(t, { status: 503, headers: { 'retry-after': '7' } })
  t.same(await hostile.signIn(), { outcome: 'unavailable', reason: 'status', retryAfterSeconds: 7 })
})

t.test('a JWT is accepted with a right signature only', async t => {
  const forger = signingKey()
  for (const [sign, outcome] of [
    [(claims: Claims, right: typeof forger) => right.sign(claims), 'identified'],
    [(claims: Claims, right: typeof forger) => signingKey(right.kid).sign(claims), 'invalid'],
    [(claims: Claims) => forger.sign(claims), 'invalid'],
    [unsigned, 'invalid'],
  ] as const) {
    const hostile = await hostileProvider(t)
    hostile.describe({
      userinfo_endpoint: `${hostile.issuer}/me`,
      userinfo_signing_alg_values_supported: ['ES256', 'none'],
    })
    hostile.server.answer('/me', jwt(sign({ ...about, iss: hostile.issuer, aud: clientId }, hostile.key)))
    t.equal((await hostile.signIn()).outcome, outcome)
    t.equal(hostile.requestsOf('/jwks'), 1, 'the keys are those of the ID token')
  }
})

t.test('a JWT for another client is refused', async t => {
  const hostile = await withUserInfo(t, {})
  hostile.server.answer('/me', jwt(hostile.key.sign({ ...about, iss: hostile.issuer, aud: 'another-app' })))
  t.same(await hostile.signIn(), invalid)
})
