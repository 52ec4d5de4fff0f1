import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { signInUser, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

type Options = Pick<FastAuthOptions, 'tokenMode' | 'accessTokenLifetimeSeconds'>

/** An application before and after its token mode was changed, and Ada, who signed in before. */
async function changedMode(t: Test, from: Options, to: Options) {
  const storage = { ...memoryStorage(), close: async () => {} }
  const open = async (options: Options) => {
    const tested = await testApplication(t, { options: { storage, ...options } })
    const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
      tested.app.inject({ method: 'POST', url: `/auth${path}`, payload, headers })
    const me = (token: string) => tested.app.inject({ url: '/auth/me', headers: bearer(token) })
    return { ...tested, post, me }
  }
  const before = await open(from)
  const tokens = await signUpUser(before.app, ada)
  return { storage, before, after: await open(to), ...tokens, refreshToken: String(tokens.refreshToken) }
}

const pair = { tokenMode: 'pair' } as const
const sliding = { tokenMode: 'sliding' } as const
const accessOnly = { tokenMode: 'access-only' } as const

t.test('pair → sliding: a refresh token is worth nothing, in the cookie, in the body or in the header', async t => {
  const { after, accessToken, refreshToken } = await changedMode(t, pair, sliding)
  after.calls.length = 0
  const cookie = `__Secure-refresh_token=${refreshToken}`
  refused(t, await after.post('/refresh', {}, { cookie }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await after.post('/refresh', { refreshToken }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await after.post('/refresh', { refreshToken }, bearer(accessToken)), 400, 'FST_ERR_VALIDATION')
  refused(t, await after.post('/refresh', {}, bearer(refreshToken)), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  const inAccessCookie = { cookie: `__Host-access_token=${refreshToken}` }
  refused(t, await after.post('/refresh', {}, inAccessCookie), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  t.strictSame(after.calls, [])
})

t.test('pair → sliding: a valid access token is exchanged, and its session keeps its absolute end', async t => {
  const { storage, after, accessToken, session } = await changedMode(t, pair, sliding)
  const absoluteEnd = async () => (await storage.sessions.find({ sessionId: session.id, now: 0 }))?.absoluteExpiresAt
  const before = await absoluteEnd()
  after.advance(899)
  const renewed = await after.post('/refresh', {}, bearer(accessToken))
  t.hasStrict(renewed.json(), { session: { id: session.id, expiresAt: '2026-01-01T12:29:59.000Z' } })
  t.equal(await absoluteEnd(), before)
})

t.test(
  'pair → sliding: an access token older than the last refresh ends the session, as an old refresh token does',
  async t => {
    const { before, after, accessToken, refreshToken } = await changedMode(t, pair, sliding)
    const renewed = (await before.post('/refresh', { refreshToken })).json()
    after.advance(11)
    refused(t, await after.post('/refresh', {}, bearer(accessToken)), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
    refused(t, await after.me(renewed.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
  },
)

for (const to of [sliding, accessOnly]) {
  t.test(`pair → ${to.tokenMode}: an access token is good until it expires`, async t => {
    const { after, accessToken } = await changedMode(t, pair, to)
    t.equal((await after.me(accessToken)).statusCode, 200)
    after.advance(900)
    refused(t, await after.me(accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  })

  t.test(
    `pair → ${to.tokenMode}: a refresh token is introspected as inactive, and the access token as active`,
    async t => {
      const { after, accessToken, refreshToken } = await changedMode(t, pair, to)
      const ask = (token: string) => after.post('/tokens/introspect', { token }, bearer(accessToken))
      t.strictSame((await ask(refreshToken)).json(), { active: false })
      t.hasStrict((await ask(accessToken)).json(), { active: true, tokenType: 'access_token' })
    },
  )

  t.test(`pair → ${to.tokenMode}: signing out by an old refresh cookie ends its session and takes it away`, async t => {
    const { storage, after, refreshToken, session } = await changedMode(t, pair, to)
    const cookie = `__Secure-refresh_token=${refreshToken}`
    refused(
      t,
      await after.post('/sign-out', {}, { cookie, 'sec-fetch-site': 'cross-site' }),
      403,
      'FAST_AUTH_CROSS_SITE_REQUEST',
    )
    const answer = await after.post('/sign-out', {}, { cookie })
    t.equal(answer.statusCode, 204)
    t.hasStrict(answer.cookies, [
      { name: '__Host-access_token' },
      { name: '__Secure-refresh_token', maxAge: 0, value: '' },
    ])
    t.equal(await storage.sessions.find({ sessionId: session.id, now: 0 }), null)
  })

  t.test(`pair → ${to.tokenMode} → pair: a refresh token goes on, unless its session was ended`, async t => {
    const { before, after, accessToken, refreshToken } = await changedMode(t, pair, to)
    const other = await signInUser(before.app, ada)
    await after.post('/sign-out', {}, bearer(accessToken))
    refused(t, await before.post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    t.equal((await before.post('/refresh', { refreshToken: other.refreshToken })).statusCode, 200)
  })
}

t.test('pair → access-only: a refresh token is not even looked at', async t => {
  const { after, refreshToken } = await changedMode(t, pair, accessOnly)
  for (const [payload, headers] of [
    [{ refreshToken }, {}],
    [{}, { cookie: `__Secure-refresh_token=${refreshToken}` }],
  ] as const) {
    t.equal((await after.post('/refresh', payload, headers)).statusCode, 404)
  }
})

t.test('pair → access-only: a session stays in the list until its own end, and has no more tokens', async t => {
  const { after, session } = await changedMode(t, pair, accessOnly)
  after.advance(13 * 86_400)
  const { accessToken } = await signInUser(after.app, ada)
  const sessions = await after.app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })
  t.hasStrict(sessions.json().items, [{ current: true }, { id: session.id, expiresAt: session.expiresAt }])
})

t.test('access-only → sliding: exchanging an access token gives it no more time', async t => {
  const { after, accessToken, session } = await changedMode(t, accessOnly, sliding)
  after.advance(600)
  const renewed = (await after.post('/refresh', {}, bearer(accessToken))).json()
  t.hasStrict(renewed, { session, accessTokenExpiresAt: session.expiresAt, expiresIn: 300 })
  after.advance(300)
  refused(t, await after.me(renewed.accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

for (const from of [sliding, accessOnly]) {
  t.test(`${from.tokenMode} → pair: an access token is good until it expires, and buys no refresh token`, async t => {
    const { after, accessToken } = await changedMode(t, from, pair)
    const cookie = `__Host-access_token=${accessToken}; __Secure-refresh_token=${accessToken}`
    refused(t, await after.post('/refresh', {}, bearer(accessToken)), 401, 'FAST_AUTH_UNAUTHENTICATED')
    refused(t, await after.post('/refresh', {}, { cookie }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    const inBody = await after.post('/refresh', { refreshToken: accessToken.slice(0, 512) })
    refused(t, inBody, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    t.equal((await after.me(accessToken)).statusCode, 200)
    after.advance(900)
    refused(t, await after.me(accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  })
}

t.test('sliding → pair: a token with a longer lifetime than tokens have now is refused immediately', async t => {
  const { after, accessToken } = await changedMode(t, { ...sliding, accessTokenLifetimeSeconds: 86_400 }, pair)
  refused(t, await after.me(accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('sliding → access-only: a session ends with the token that it has', async t => {
  const { before, after, accessToken } = await changedMode(t, sliding, accessOnly)
  before.advance(600)
  after.advance(600)
  const renewed = (await before.post('/refresh', {}, bearer(accessToken))).json()
  t.equal((await after.post('/refresh', {}, bearer(renewed.accessToken))).statusCode, 404)
  after.advance(900)
  refused(t, await after.me(renewed.accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})
