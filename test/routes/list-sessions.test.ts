import t from 'tap'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApp } from '../support/test-app.js'

t.test('a person sees only their own live sessions, most recently used first', async t => {
  const { app, calls, advance } = await testApp(t)
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
  t.match(answer.headers, answerHeaders)
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
  })
  t.strictSame(calls, ['sessions.list'])
})

t.test('sessions that have ended are not listed', async t => {
  const { app, advance } = await testApp(t, { options: { sessionIdleLifetimeSeconds: 1000 } })
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

t.test('no more than a hundred sessions are listed', async t => {
  const storage = memoryStorage()
  const { app } = await testApp(t, { options: { storage } })
  const { accessToken, user, session } = await signUpForTokens(app)
  const record = await storage.sessions.find({ sessionId: session.id, now: 0 })
  const known = await storage.users.find({ userId: user.id })
  const passwordHash = known?.passwordHash ?? null
  if (record === null || passwordHash === null) throw new Error('the account is not there')
  for (let index = 0; index < 120; index += 1) {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
    await storage.sessions.open({ session: { ...record, id }, passwordHash })
  }
  const answer = await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })
  t.equal(answer.json().items.length, 100)
})

t.test('sessions are not listed without a session', async t => {
  const { app, calls } = await testApp(t)
  refused(t, await app.inject({ url: '/auth/sessions' }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  t.strictSame(calls, [])
})
