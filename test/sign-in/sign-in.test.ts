import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import type { PasswordHash, Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { browser } from '../support/browser.js'
import { hashCalls } from '../support/hash-calls.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const request = (payload: object) => ({ method: 'POST', url: '/auth/sign-in', payload }) as const

/** Everything of an answer but when it was given. */
function visible({ statusCode, body, headers: { date: _, ...headers } }: LightMyRequestResponse) {
  return { statusCode, body, headers }
}

t.test('signing in with cookies opens a session, and puts no token into the body', async t => {
  const { app, calls, events, advance } = await testApplication(t)
  const { user, session } = await signUpForTokens(app)
  calls.length = 0
  events.length = 0
  advance(3600)
  const ben = browser(app)
  const answer = await ben.send(request(ada))
  t.equal(answer.statusCode, 200)
  t.matchOnly(answer.json(), {
    user: { ...user, lastSignInAt: '2026-01-01T13:00:00.000Z' },
    session: { id: String, createdAt: '2026-01-01T13:00:00.000Z', expiresAt: '2026-01-15T13:00:00.000Z' },
    accessTokenExpiresAt: '2026-01-01T13:15:00.000Z',
  })
  t.hasStrict(answer.headers, answerHeaders)
  t.not(answer.json().session.id, session.id)
  t.strictSame(calls, ['users.findByEmail', 'sessions.open'])
  const about = { at: '2026-01-01T13:00:00.000Z', ip: '127.0.0.1' }
  t.hasStrict(events, [{ name: 'authn_login_success', userId: user.id, sessionId: answer.json().session.id, ...about }])
  t.equal(events.length, 1)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('signing in with transport token sets no cookie', async t => {
  const { app } = await testApplication(t)
  await signUpForTokens(app)
  const answer = await app.inject(request({ ...ada, transport: 'token' }))
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['set-cookie'], undefined)
  const { accessToken, tokenType, expiresIn, refreshToken } = answer.json()
  t.match({ tokenType, expiresIn, refreshToken }, { tokenType: 'Bearer', expiresIn: 900, refreshToken: /^[\w-]{79}$/ })
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
})

t.test('the option transport decides for requests that say nothing', async t => {
  const { app } = await testApplication(t, { options: { transport: 'token' } })
  await signUpForTokens(app)
  t.type((await app.inject(request(ada))).json().accessToken, 'string')
})

t.test('the answer does not distinguish an unknown address from a wrong password', async t => {
  const { app, calls, events } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  const hashes = hashCalls(t)
  const attempt = async (email: string) => {
    calls.length = 0
    const answer = await app.inject(request({ email, password: 'incorrect horse' }))
    return { answer, calls: [...calls], hashes: hashes().length }
  }
  const unknown = await attempt('ben@example.com')
  const wrong = await attempt(ada.email)
  refused(t, wrong.answer, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal(wrong.answer.headers['www-authenticate'], 'Bearer')
  t.strictSame(visible(unknown.answer), visible(wrong.answer))
  t.strictSame([wrong.calls, wrong.hashes], [['users.findByEmail'], 1])
  t.strictSame([unknown.calls, unknown.hashes], [wrong.calls, wrong.hashes])
  const failed = { name: 'authn_login_fail', sessionId: null }
  t.hasStrict(events.slice(-2), [
    { ...failed, userId: null, reason: 'unknown_user' },
    { ...failed, userId: user.id, reason: 'wrong_password' },
  ])
  t.equal(events.length, 4)
})

t.test('a password that is too long is refused alike for known and unknown addresses, unhashed', async t => {
  const { app, calls } = await testApplication(t)
  await signUpForTokens(app)
  calls.length = 0
  const hashes = hashCalls(t)
  const password = 'x'.repeat(129)
  const known = await app.inject(request({ ...ada, password }))
  const unknown = await app.inject(request({ email: 'ben@example.com', password }))
  refused(t, known, 400, 'FST_ERR_VALIDATION')
  t.strictSame(visible(known), visible(unknown))
  t.strictSame([calls, hashes()], [[], []])
})

t.test('a password is the same however a keyboard composes its accents, and is otherwise taken as typed', async t => {
  const { app } = await testApplication(t)
  const password = 'cafe\u0301 au lait'
  await signUpForTokens(app, { ...ada, password })
  t.equal((await app.inject(request({ ...ada, password: 'caf\u00e9 au lait' }))).statusCode, 200)
  for (const other of ['Café au lait', ' café au lait', 'café au lait ', 'cafe au lait']) {
    refused(t, await app.inject(request({ ...ada, password: other })), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  }
})

t.test('an address signs in however it is written', async t => {
  const { app } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  t.equal((await app.inject(request({ ...ada, email: 'ADA@Example.Com' }))).json().user.id, user.id)
})

t.test('a password that is changed while it is being checked does not sign in', async t => {
  const { users, ...others } = memoryStorage()
  const changing: Storage = {
    ...others,
    users: {
      ...users,
      async findByEmail(wanted) {
        const user = await users.findByEmail(wanted)
        const currentHash = user?.passwordHash ?? null
        if (user !== null && currentHash !== null) {
          const newHash = '$bcrypt-sha256$changed' as PasswordHash
          await users.replacePasswordHash({ userId: user.id, currentHash, newHash })
        }
        return user
      },
    },
  }
  const { app, events } = await testApplication(t, { options: { storage: changing } })
  const { user } = await signUpForTokens(app)
  const right = await app.inject(request(ada))
  const wrong = await app.inject(request({ ...ada, password: 'incorrect horse' }))
  refused(t, right, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(visible(right), visible(wrong))
  t.hasStrict(events.at(-2), { name: 'authn_login_fail', userId: user.id, reason: 'password_changed_meanwhile' })
})

t.test('a page of another site cannot sign a user in', async t => {
  const { app, calls } = await testApplication(t)
  await signUpForTokens(app)
  calls.length = 0
  for (const [transport, cookie] of [
    ['cookie', ''],
    ['token', '__Host-access_token=any'],
  ]) {
    const headers = { 'sec-fetch-site': 'cross-site', ...(cookie === '' ? {} : { cookie }) }
    const answer = await app.inject({ ...request({ ...ada, transport }), headers })
    refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  }
  t.strictSame(calls, [])
})
