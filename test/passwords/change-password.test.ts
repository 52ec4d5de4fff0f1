import t from 'tap'
import type { PasswordHash, Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bcryptHasher } from '../../lib/hashing/formats/bcrypt-sha256.js'
import { linksIn } from '../../lib/testing/index.js'
import { ada, bearer, cookieHeader, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const path = '/password/change'
const newPassword = 'a horse of another colour'
const change = { currentPassword: ada.password, newPassword }
const changed = { ...ada, password: newPassword }

t.test('the new password is set, this session continues with new tokens, and the owner gets a message', async t => {
  const { app, mailbox, events, asked, post } = await testApplication(t, { mail: true })
  const { user, session, accessToken, refreshToken } = await signUpForTokens(app)
  await mailbox.waitForMessage(ada.email)
  asked()
  events.length = 0
  const hashes = hashCalls(t)
  const answer = await post(path, change, bearer(accessToken))
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.hasStrict(answer.json(), {
    user: { id: user.id, email: ada.email },
    session: { id: session.id },
    tokenType: 'Bearer',
  })
  t.not(answer.json().refreshToken, refreshToken)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['users.find', 'users.changePassword'])
  t.equal(hashes().length, 2)
  const about = { at: '2026-01-01T12:00:00.000Z', userId: user.id, sessionId: session.id, ip: '127.0.0.1' }
  t.hasStrict(events, [{ name: 'authn_password_change', reason: 'password_changed', ...about }])
  t.equal(events.length, 1)
  const notice = await mailbox.waitForMessage(ada.email)
  t.equal(notice.subject, 'Your app.example.com password was changed')
  t.strictSame(linksIn(notice), [])
  const me = await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })
  t.equal(me.statusCode, 200)
  t.equal((await post('/refresh', { refreshToken: answer.json().refreshToken })).statusCode, 200)
  refused(t, await post('/sign-in', ada), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await post('/sign-in', changed)).statusCode, 200)
})

t.test('it needs no sender', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  const headers = bearer(accessToken)
  t.equal((await app.inject({ method: 'POST', url: `/auth${path}`, payload: change, headers })).statusCode, 200)
  t.strictSame(calls, ['users.find', 'users.changePassword'])
})

t.test('every other session ends immediately, and those of other users continue', async t => {
  const { app, events, post } = await testApplication(t, { mail: true })
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  const here = await signUpForTokens(app)
  const others = [await signInForTokens(app), await signInForTokens(app)]
  events.length = 0
  await post(path, change, bearer(here.accessToken))
  t.strictSame(
    events.slice(1).map(({ name, reason, sessionId }) => [name, reason, sessionId]),
    others.map(({ session }) => ['authn_token_revoked', 'password_changed', session.id]),
  )
  for (const { accessToken, refreshToken } of others) {
    const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
    refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
  t.equal((await post('/refresh', { refreshToken: ben.refreshToken })).statusCode, 200)
})

t.test('a refresh token from before gets no grace: it ends the session instead of giving the new tokens', async t => {
  const { app, events, post } = await testApplication(t, { mail: true })
  const { session, accessToken, refreshToken } = await signUpForTokens(app)
  const answer = await post(path, change, bearer(accessToken))
  events.length = 0
  refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.hasStrict(events, [{ name: 'authn_token_reuse', sessionId: session.id }])
  const me = await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a cookie is answered with cookies, and a body without a token', async t => {
  const { app, post } = await testApplication(t, { mail: true })
  const cookie = await signUpForCookies(app)
  const answer = await post(path, change, { cookie })
  t.equal(answer.statusCode, 200)
  t.notMatch(answer.json(), { refreshToken: String })
  t.notMatch(answer.json(), { accessToken: String })
  t.equal(answer.cookies.length, 2)
  const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie: cookieHeader(answer) } })
  t.equal(refresh.statusCode, 200)
})

t.test('the transport can be asked for', async t => {
  const { app, post } = await testApplication(t, { mail: true })
  const { accessToken } = await signUpForTokens(app)
  const answer = await post(path, { ...change, transport: 'cookie' }, bearer(accessToken))
  t.equal(answer.cookies.length, 2)
  t.equal(answer.json().accessToken, undefined)
})

t.test('a wrong password changes nothing and ends nothing', async t => {
  const { app, mailbox, events, asked, post } = await testApplication(t, { mail: true })
  const cookie = await signUpForCookies(app)
  const { user } = await signInForTokens(app)
  asked()
  events.length = 0
  const wrong = await post(path, { ...change, currentPassword: 'incorrect horse' }, { cookie })
  refused(t, wrong, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(asked(), ['users.find'])
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_password', userId: user.id }])
  t.equal((await app.inject({ url: '/auth/me', headers: { cookie } })).statusCode, 200)
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  await app.close()
  t.equal(mailbox.messages.length, 1)
})

t.test('a password that breaks a rule is refused before it is hashed, and only after a right password', async t => {
  const { app, asked, post } = await testApplication(t, { mail: true })
  const { accessToken } = await signUpForTokens(app)
  asked()
  const hashes = hashCalls(t)
  const weak = await post(path, { ...change, newPassword: 'kurz' }, bearer(accessToken))
  refused(t, weak, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
  const guess = await post(path, { currentPassword: 'incorrect horse', newPassword: 'kurz' }, bearer(accessToken))
  refused(t, guess, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(asked(), ['users.find', 'users.find'])
  t.equal(hashes().length, 2)
})

t.test(
  'if addresses must be confirmed, a new password does not continue the session of an unconfirmed one',
  async t => {
    const storage = memoryStorage()
    const { app: lenient } = await testApplication(t, { mail: true, options: { storage } })
    const { accessToken } = await signUpForTokens(lenient)
    const { events, post } = await testApplication(t, {
      mail: true,
      options: { storage, requireEmailConfirmation: true },
    })
    refused(t, await post(path, change, bearer(accessToken)), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'email_not_confirmed' }])
    refused(t, await post('/sign-in', changed), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  },
)

t.test(
  'if addresses must be confirmed, a confirmed user stays signed in, and the previous access token stays valid',
  async t => {
    const storage = memoryStorage()
    const { app: lenient } = await testApplication(t, { mail: true, options: { storage } })
    const { accessToken, user } = await signUpForTokens(lenient)
    await lenient.fastAuth.confirmUserEmail(user.id, ada.email)
    const { app, post } = await testApplication(t, { mail: true, options: { storage, requireEmailConfirmation: true } })
    t.equal((await post(path, change, bearer(accessToken))).statusCode, 200)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  },
)

t.test('a session that another process has ended meanwhile does not go on', async t => {
  const storage = memoryStorage()
  const { app, events, post } = await testApplication(t, { mail: true, options: { storage } })
  const { session, accessToken } = await signUpForTokens(app)
  await storage.sessions.revoke({ sessionId: session.id, now: Date.UTC(2026, 0, 1, 12) })
  events.length = 0
  refused(t, await post(path, change, bearer(accessToken)), 401, 'FAST_AUTH_SESSION_REVOKED')
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
  t.strictSame(events, [])
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('an account that was deleted meanwhile has no password to change', async t => {
  const storage = memoryStorage()
  const { app, post } = await testApplication(t, { mail: true, options: { storage } })
  const { user, accessToken } = await signUpForTokens(app)
  await storage.users.delete({ userId: user.id, now: 0 })
  refused(t, await post(path, change, bearer(accessToken)), 401, 'FAST_AUTH_SESSION_REVOKED')
})

/** A change by a user with a password. */
type Change = Parameters<Storage['users']['changePassword']>[0] & { readonly currentHash: PasswordHash }

/** A storage in which something happens right before the password is changed for the first time. */
function interrupted(before: (right: Storage, request: Change) => Promise<unknown>): Storage {
  const right = memoryStorage()
  let isFirst = true
  async function changePassword(request: Parameters<Storage['users']['changePassword']>[0]) {
    if (isFirst) await before(right, request as Change)
    isFirst = false
    return right.users.changePassword(request)
  }
  return { ...right, users: { ...right.users, changePassword } }
}

t.test('a hash that a sign-in has made better meanwhile does not stand in the way', async t => {
  const newHash = (await bcryptHasher(10).hash(ada.password)) as Change['newHash']
  const storage = interrupted(({ users }, { userId, currentHash }) =>
    users.replacePasswordHash({ userId, currentHash, newHash }),
  )
  const { app, post } = await testApplication(t, { mail: true, options: { storage } })
  const { accessToken } = await signUpForTokens(app)
  t.equal((await post(path, change, bearer(accessToken))).statusCode, 200)
  t.equal((await post('/sign-in', changed)).statusCode, 200)
})

t.test('an account that is deleted while its new password is hashed is not there any more', async t => {
  const storage = interrupted(({ users }, { userId, now }) => users.delete({ userId, now }))
  const { app, post } = await testApplication(t, { mail: true, options: { storage } })
  const { accessToken } = await signUpForTokens(app)
  refused(t, await post(path, change, bearer(accessToken)), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test('a password that was changed meanwhile is not changed again', async t => {
  const storage = interrupted(({ users }, request) => {
    const newHash = `${request.newHash}-another` as typeof request.newHash
    return users.changePassword({ ...request, newHash })
  })
  const { app, events, post } = await testApplication(t, { mail: true, options: { storage } })
  const { accessToken } = await signUpForTokens(app)
  events.length = 0
  refused(t, await post(path, change, bearer(accessToken)), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'password_changed_meanwhile' }])
})
