import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

/** An app whose log is kept, line by line. */
async function loggedApp(t: Test, options: Partial<FastAuthOptions> = {}) {
  const log: Record<string, unknown>[] = []
  const stream = { write: (line: string) => log.push(JSON.parse(line)) }
  const tested = await testApplication(t, { options, server: { logger: { level: 'info', stream } } })
  return { ...tested, log }
}

t.test('every event of an account is emitted once, in order, and logged as emitted', async t => {
  const { app, events, log, advance } = await loggedApp(t)
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
  const one = await signUpForTokens(app)
  await post('/auth/sign-in', { ...ada, password: 'incorrect horse' })
  await post('/auth/sign-in', { email: 'ben@example.com', password: 'incorrect horse' })
  const two = await signInForTokens(app)
  const three = await signInForTokens(app)
  const four = await signInForTokens(app)
  await post('/auth/refresh', { refreshToken: one.refreshToken })
  await post('/auth/sign-out', { refreshToken: two.refreshToken })
  const headers = bearer(one.accessToken)
  await app.inject({ method: 'DELETE', url: `/auth/sessions/${three.session.id}`, headers })
  await app.inject({ method: 'DELETE', url: '/auth/sessions', headers })
  advance(11)
  await post('/auth/refresh', { refreshToken: one.refreshToken })

  const at = '2026-01-01T12:00:00.000Z'
  const by = { at, ip: '127.0.0.1', userAgent: 'lightMyRequest' }
  const userId = one.user.id
  const of = ({ session }: typeof one) => ({ userId, sessionId: session.id, ...by })
  const requestIds = events.map(({ requestId }) => requestId)
  t.strictSame(
    requestIds,
    [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(count => `req-${count.toString(36)}`),
  )
  const emitted = events.map(({ requestId: _, ...event }) => event)
  t.strictSame(emitted, [
    { name: 'user_created', ...of(one) },
    { name: 'authn_login_success', ...of(one) },
    { name: 'authn_login_fail', userId, sessionId: null, reason: 'wrong_password', ...by },
    { name: 'authn_login_fail', userId: null, sessionId: null, reason: 'unknown_user', ...by },
    { name: 'authn_login_success', ...of(two) },
    { name: 'authn_login_success', ...of(three) },
    { name: 'authn_login_success', ...of(four) },
    { name: 'session_renewed', ...of(one) },
    { name: 'authn_token_revoked', reason: 'sign_out', ...of(two), userId: null },
    { name: 'authn_token_revoked', reason: 'revoked', ...of(three) },
    { name: 'authn_token_revoked', reason: 'revoked', ...of(four) },
    { name: 'authn_token_reuse', ...of(one), at: '2026-01-01T12:00:11.000Z' },
  ])
  t.strictSame(
    log.flatMap(({ event }) => event ?? []),
    events,
  )
})

t.test('failed sign-ins and copied tokens are warnings in the log, the rest is not', async t => {
  const { app, log, advance } = await loggedApp(t)
  const { refreshToken } = await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: 'incorrect' } })
  const refresh = { method: 'POST', url: '/auth/refresh', payload: { refreshToken } } as const
  await app.inject(refresh)
  advance(11)
  await app.inject(refresh)
  t.strictSame(
    log.filter(({ event }) => event !== undefined).map(({ level, msg }) => [level, msg]),
    [
      [30, 'user_created'],
      [30, 'authn_login_success'],
      [40, 'authn_login_fail'],
      [30, 'session_renewed'],
      [40, 'authn_token_reuse'],
    ],
  )
})

const failures: Record<string, () => void> = {
  throws: () => {
    throw new Error('the audit log is full')
  },
  rejects: async () => {
    throw new Error('the audit log is full')
  },
}

for (const [how, onEvent] of Object.entries(failures)) {
  t.test(`an onEvent that ${how} changes no answer, and is logged`, async t => {
    const { app, log } = await loggedApp(t, { onEvent })
    const { accessToken, refreshToken } = await signUpForTokens(app)
    const wrong = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: 'no' } })
    t.equal(wrong.statusCode, 401)
    t.equal((await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })).statusCode, 204)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 401)
    const problems = log.filter(({ msg }) => msg === 'fast-auth: onEvent threw')
    t.equal(problems.length, 4)
    t.hasStrict(problems[0], { level: 50, err: { message: 'the audit log is full' } })
  })
}

t.test('no answer waits for an onEvent that takes its time', async t => {
  const { app } = await loggedApp(t, { onEvent: () => new Promise<never>(() => {}) as never })
  t.type((await signUpForTokens(app)).accessToken, 'string')
})

t.test('without an onEvent the log still has the events', async t => {
  const log: string[] = []
  const { app } = await testApplication(t, {
    options: { onEvent: undefined } as object,
    server: { logger: { level: 'info', stream: { write: (line: string) => log.push(line) } } },
  })
  await signUpForTokens(app)
  t.ok(log.some(line => line.includes('"user_created"')))
})
