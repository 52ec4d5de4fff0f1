import t from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a user sees only their own live sessions, most recently used first', async t => {
  const { app, calls, advance } = await testApplication(t)
  await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  const first = await signUpForTokens(app)
  advance(60)
  const signIn = await app.inject({
    method: 'POST',
    url: '/auth/sign-in',
    headers: { 'user-agent': 'Netscape/4.0' },
    remoteAddress: '2001:db8::7',
    payload: { ...ada, transport: 'token' },
  })
  const second = signIn.json()
  advance(60)
  const payload = { refreshToken: first.refreshToken }
  await app.inject({ method: 'POST', url: '/auth/refresh', payload })
  calls.length = 0
  const answer = await app.inject({ url: '/auth/sessions', headers: bearer(second.accessToken) })
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), {
    items: [
      {
        id: first.session.id,
        createdAt: '2026-01-01T12:00:00.000Z',
        lastSeenAt: '2026-01-01T12:02:00.000Z',
        expiresAt: '2026-01-15T12:02:00.000Z',
        userAgent: 'lightMyRequest',
        ip: '127.0.0.1',
        current: false,
      },
      {
        id: second.session.id,
        createdAt: '2026-01-01T12:01:00.000Z',
        lastSeenAt: '2026-01-01T12:01:00.000Z',
        expiresAt: '2026-01-15T12:01:00.000Z',
        userAgent: 'Netscape/4.0',
        ip: '2001:db8::7',
        current: true,
      },
    ],
    total: 2,
    limit: 100,
    offset: 0,
  })
  t.strictSame(calls, ['sessions.list'])
})

t.test('sessions that have ended are not listed', async t => {
  const { app, advance } = await testApplication(t, { options: { sessionIdleLifetimeSeconds: 1000 } })
  await signUpForTokens(app)
  const signedOut = await signInForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-out', headers: bearer(signedOut.accessToken) })
  advance(999)
  const { accessToken, session } = await signInForTokens(app)
  const list = async () =>
    (await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })).json().items as { id: string }[]
  t.equal((await list()).length, 2)
  advance(1)
  t.strictSame(
    (await list()).map(({ id }) => id),
    [session.id],
  )
})

t.test('sessions are listed page by page, a hundred unless the request says otherwise', async t => {
  const { app, advance } = await testApplication(t, { options: { maximumSessionsPerUser: 200 } })
  const { accessToken } = await signUpForTokens(app)
  const ids: string[] = []
  for (let count = 0; count < 104; count += 1) {
    advance(0.001)
    ids.unshift((await signInForTokens(app)).session.id)
  }
  const list = async (query: string) => {
    const answer = await app.inject({ url: `/auth/sessions${query}`, headers: bearer(accessToken) })
    const { items, ...page } = answer.json()
    return { ...page, ids: items.map(({ id }: { id: string }) => id) }
  }
  t.strictSame(await list(''), { total: 105, limit: 100, offset: 0, ids: ids.slice(0, 100) })
  t.strictSame(await list('?limit=2&offset=101'), { total: 105, limit: 2, offset: 101, ids: ids.slice(101, 103) })
  t.equal((await list('?offset=104')).ids.length, 1)
  for (const query of ['?limit=101', '?limit=0', '?offset=-1', '?sortBy=id']) {
    const answer = await app.inject({ url: `/auth/sessions${query}`, headers: bearer(accessToken) })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
  }
})

t.test('sessions are not listed without a session', async t => {
  const { app, calls } = await testApplication(t)
  refused(t, await app.inject({ url: '/auth/sessions' }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  t.strictSame(calls, [])
})
