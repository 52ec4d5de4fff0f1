import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { browser } from '../support/browser.js'
import { hashCalls } from '../support/hash-calls.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const request = (payload: object) => ({ method: 'POST', url: '/auth/sign-up', payload }) as const

const signedUp = {
  user: {
    id: uuid,
    email: 'ada@example.com',
    emailConfirmedAt: null,
    profile: {},
    createdAt: '2026-01-01T12:00:00.000Z',
    lastSignInAt: '2026-01-01T12:00:00.000Z',
  },
  session: { id: uuid, createdAt: '2026-01-01T12:00:00.000Z', expiresAt: '2026-01-15T12:00:00.000Z' },
  accessTokenExpiresAt: '2026-01-01T12:15:00.000Z',
}

t.test('signing up with cookies creates the account and its session, and puts no token into the body', async t => {
  const { app, calls, events } = await testApplication(t)
  const ben = browser(app)
  const answer = await ben.send(request(ada))
  t.equal(answer.statusCode, 201)
  t.matchOnly(answer.json(), signedUp)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(calls, ['users.create'])
  const { user, session } = answer.json()
  const about = { userId: user.id, sessionId: session.id, at: '2026-01-01T12:00:00.000Z' }
  t.hasStrict(events, [
    { name: 'user_created', ...about },
    { name: 'authn_login_success', ...about },
  ])
  t.equal(events.length, 2)
  const me = await ben.send({ url: '/auth/me' })
  t.strictSame(me.json(), { user, via: 'session' })
})

t.test('signing up with transport token sets no cookie', async t => {
  const { app } = await testApplication(t)
  const answer = await app.inject(request({ ...ada, transport: 'token' }))
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['set-cookie'], undefined)
  t.matchOnly(answer.json(), {
    ...signedUp,
    accessToken: /^[\w-]+\.[\w-]+\.[\w-]+$/,
    refreshToken: /^[\w-]{79}$/,
    tokenType: 'Bearer',
    expiresIn: 900,
  })
  const me = await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })
  t.strictSame(me.json(), { user: answer.json().user, via: 'session' })
})

t.test('the option transport decides for requests that say nothing, and the request has the last word', async t => {
  const { app } = await testApplication(t, { options: { transport: 'token' } })
  const silent = await app.inject(request(ada))
  t.type(silent.json().accessToken, 'string')
  t.equal(silent.headers['set-cookie'], undefined)
  const explicit = await app.inject(request({ email: 'ben@example.com', password: ada.password, transport: 'cookie' }))
  t.equal(explicit.json().accessToken, undefined)
  t.equal(explicit.cookies.length, 2)
})

t.test('an address is one account however it is written', async t => {
  const { app } = await testApplication(t)
  const first = await app.inject(request({ ...ada, email: 'Ada@EXAMPLE.com' }))
  t.equal(first.json().user.email, 'ada@example.com')
  refused(t, await app.inject(request({ ...ada, email: 'aDA@example.COM' })), 409, 'FAST_AUTH_USER_EXISTS')
})

t.test('ten concurrent sign-ups of one address create one account with one session', async t => {
  const { app, events } = await testApplication(t)
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => app.inject(request({ ...ada, transport: 'token' }))),
  )
  const [created, ...others] = answers.sort((one, other) => one.statusCode - other.statusCode)
  t.equal(created?.statusCode, 201)
  t.equal(others.length, 9)
  for (const answer of others) refused(t, answer, 409, 'FAST_AUTH_USER_EXISTS')
  const sessions = await app.inject({ url: '/auth/sessions', headers: bearer(created?.json().accessToken) })
  t.equal(sessions.json().items.length, 1)
  t.strictSame(
    events.map(({ name }) => name),
    ['user_created', 'authn_login_success', ...Array(9).fill('user_create_fail')],
  )
})

t.test("the password's rules come before the question whether the address is taken", async t => {
  const { app, calls } = await testApplication(t)
  await signUpForTokens(app)
  calls.length = 0
  const taken = await app.inject(request({ ...ada, password: 'kurz' }))
  const free = await app.inject(request({ email: 'ben@example.com', password: 'kurz' }))
  refused(t, taken, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
  t.equal(taken.body, free.body)
  t.equal(taken.json().message, 'The password must have at least 8 characters.')
  t.strictSame(calls, [])
})

t.test('a taken address costs the one hash that a free one costs', async t => {
  const { app, calls } = await testApplication(t)
  const hashes = hashCalls(t)
  await signUpForTokens(app)
  t.equal(hashes().length, 1)
  t.strictSame(calls.splice(0), ['users.create'])
  refused(t, await app.inject(request(ada)), 409, 'FAST_AUTH_USER_EXISTS')
  t.equal(hashes().length, 1)
  t.strictSame(calls, ['users.create'])
})

t.test('a password has at most 128 characters, an emoji being one', async t => {
  const { app, calls } = await testApplication(t)
  const tooLong = await app.inject(request({ ...ada, password: '🦄'.repeat(129) }))
  refused(t, tooLong, 400, 'FST_ERR_VALIDATION')
  t.strictSame(calls, [])
  t.equal((await app.inject(request({ ...ada, password: '🦄'.repeat(128) }))).statusCode, 201)
})

const unacceptable = [
  '',
  'ada',
  'ada@localhost',
  'ada@127.0.0.1',
  'ada@example.com,eve@example.com',
  'ada@example.com;eve@example.com',
  'ada@example.com\r\nBcc: eve@example.com',
  '"ada lovelace"@example.com',
  'Ada <ada@example.com>',
  ' ada@example.com',
  `${'a'.repeat(250)}@example.com`,
]

t.test('a text that is not one plain address is refused before anything is hashed or stored', async t => {
  const { app, calls } = await testApplication(t)
  const hashes = hashCalls(t)
  for (const email of unacceptable) {
    const answer = await app.inject(request({ ...ada, email }))
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().validation[0].instancePath, '/email')
  }
  t.strictSame(calls, [])
  t.strictSame(hashes(), [])
})

t.test('a page of another site cannot sign a user up', async t => {
  const { app, calls, events } = await testApplication(t)
  const answer = await app.inject({ ...request(ada), headers: { 'sec-fetch-site': 'cross-site' } })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, [])
  t.hasStrict(events, [{ name: 'authz_fail', reason: 'cross_site_request' }])
})
