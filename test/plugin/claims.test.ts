import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { ClaimsHook } from '../../lib/index.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { jwtParts } from '../support/hand-made-jwt.js'
import { testApplication } from '../support/test-application.js'

const whoAmI = { url: '/who' }
const withRoute = (claims: ClaimsHook) => ({
  options: { claims },
  after: (app: FastifyInstance) =>
    void app.get('/who', { onRequest: app.fastAuth.authenticate }, async request => request.user),
})

t.test('the claims of the hook are in the token and in request.user, from sign-up on', async t => {
  const { app } = await testApplication(
    t,
    withRoute(({ user }) => ({ role: user.email.startsWith('ada') ? 'admin' : 'member', plan: { seats: 3 } })),
  )
  const signedUp = await signUpForTokens(app)
  const signedIn = await signInForTokens(app)
  const refreshed = await app.inject({
    method: 'POST',
    url: '/auth/refresh',
    payload: { refreshToken: signedIn.refreshToken },
  })
  for (const { accessToken } of [signedUp, signedIn, refreshed.json()]) {
    t.hasStrict(jwtParts(accessToken).claims, { role: 'admin', plan: { seats: 3 }, sub: signedUp.user.id })
    const { json } = await app.inject({ ...whoAmI, headers: bearer(accessToken) })
    t.hasStrict(json(), { id: signedUp.user.id, via: 'session', claims: { role: 'admin', plan: { seats: 3 } } })
    t.same(Object.keys(json().claims), ['role', 'plan'], 'and nothing of ours')
  }
})

t.test('the hook sees the user without the password’s hash, and may take its time', async t => {
  const seen: object[] = []
  const { app } = await testApplication(
    t,
    withRoute(async ({ user }) => {
      seen.push(user)
      return {}
    }),
  )
  const { user } = await signUpForTokens(app)
  t.hasStrict(seen, [{ id: user.id, email: ada.email, emailConfirmedAt: null, profile: {} }])
  t.notOk('passwordHash' in (seen[0] ?? {}))
})

t.test('without the hook request.user has no claims, also of a token that has some', async t => {
  const before = await testApplication(
    t,
    withRoute(() => ({ role: 'admin' })),
  )
  const { accessToken } = await signUpForTokens(before.app)
  const { app } = await testApplication(t, {
    after: app => void app.get('/who', { onRequest: app.fastAuth.authenticate }, async request => request.user),
  })
  const answer = await app.inject({ ...whoAmI, headers: bearer(accessToken) })
  t.equal(answer.statusCode, 200)
  t.notOk('claims' in answer.json())
})

for (const [title, broken] of [
  [
    'throws',
    () => {
      throw new Error('the roles are away')
    },
  ],
  ['sets a registered claim', () => ({ sub: 'another user' })],
  ['says too much', () => ({ novel: 'x'.repeat(2000) })],
] as const satisfies readonly (readonly [string, ClaimsHook])[]) {
  t.test(`if the hook ${title}, nothing changes, and the refresh token stays valid`, async t => {
    let isBroken = false
    const { app, advance, events } = await testApplication(
      t,
      withRoute(about => (isBroken ? broken() : { role: about.user.email })),
    )
    const { refreshToken } = await signUpForTokens(app)
    const refresh = { method: 'POST', url: '/auth/refresh', payload: { refreshToken } } as const
    isBroken = true
    events.length = 0
    for (const request of [
      refresh,
      { method: 'POST', url: '/auth/sign-in', payload: ada },
      { method: 'POST', url: '/auth/sign-up', payload: { ...ada, email: 'bea@example.com' } },
    ] as const) {
      const { statusCode, json } = await app.inject(request)
      t.same([statusCode, json().code], [500, 'FAST_AUTH_INTERNAL_ERROR'], request.url)
      t.notMatch(json().message, /roles|claims/)
    }
    t.same(events, [], 'no session was opened, and no event emitted')
    isBroken = false
    // Longer than the grace time: if the failed refresh had exchanged the token, this one would be refused.
    advance(60)
    t.equal((await app.inject(refresh)).statusCode, 200)
    t.equal((await signUpForTokens(app, { ...ada, email: 'bea@example.com' })).user.id.length, 36)
  })
}

t.test('a refresh token without a session gets its 401 with the hook too', async t => {
  const { app } = await testApplication(
    t,
    withRoute(() => ({ role: 'admin' })),
  )
  const { refreshToken } = await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  const answer = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  t.same([answer.statusCode, answer.json().code], [401, 'FAST_AUTH_REFRESH_TOKEN_INVALID'])
})
