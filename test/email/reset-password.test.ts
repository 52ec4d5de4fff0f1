import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { type MailApplication, testApplication } from '../support/test-application.js'

const path = '/password/reset'
const newPassword = 'a horse of another colour'

async function resetToken({ post, tokenTo }: MailApplication): Promise<string> {
  await post('/password/forgot', { email: ada.email })
  return tokenTo(ada.email, 'resetPassword')
}

t.test('a mailed token sets the new password, and creates no session', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, mailbox, events, asked, post } = tested
  const { user, session } = await signUpForTokens(app)
  const token = await resetToken(tested)
  asked()
  events.length = 0
  const hashes = hashCalls(t)
  const answer = await post(path, { token, password: newPassword })
  t.equal(answer.statusCode, 204)
  t.equal(answer.body, '')
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['oneTimeTokens.find', 'oneTimeTokens.resetPassword'])
  t.equal(hashes().length, 1)
  const about = { at: '2026-01-01T12:00:00.000Z', userId: user.id, reason: 'password_reset', ip: '127.0.0.1' }
  t.hasStrict(events, [
    { name: 'authn_password_change', sessionId: null, ...about },
    { name: 'authn_token_revoked', sessionId: session.id, ...about },
  ])
  t.equal(events.length, 2)
  const notice = await mailbox.waitForMessage(ada.email)
  t.equal(notice.subject, 'Your app.example.com password was changed')
  t.strictSame(linksIn(notice), [])
  refused(t, await post('/sign-in', ada), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await post('/sign-in', { ...ada, password: newPassword })).statusCode, 200)
})

t.test('the API keys of a never confirmed address end with the password, and each end is emitted', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, post, events } = tested
  const { accessToken, user } = await signUpForTokens(app)
  const { id: apiKeyId } = (await post('/api-keys', { name: 'deploy' }, bearer(accessToken))).json()
  const token = await resetToken(tested)
  await post(path, { token, password: newPassword })
  const about = { apiKeyId, sessionId: null, userId: user.id, at: '2026-01-01T12:00:00.000Z', ip: '127.0.0.1' }
  t.hasStrict(events.at(-1), { name: 'authn_token_revoked', reason: 'password_reset', ...about })
})

t.test('every session ends immediately, with its access and refresh tokens', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, post } = tested
  const devices = [await signUpForTokens(app), await signInForTokens(app), await signInForTokens(app)]
  await post(path, { token: await resetToken(tested), password: newPassword })
  for (const { accessToken, refreshToken } of devices) {
    const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
    refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
  const { accessToken } = await signInForTokens(app, { ...ada, password: newPassword })
  const sessions = await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })
  t.equal(sessions.json().items.length, 1)
})

t.test('the sessions of other users stay valid', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, post } = tested
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  await signUpForTokens(app)
  await post(path, { token: await resetToken(tested), password: newPassword })
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(ben.accessToken) })).statusCode, 200)
  t.equal((await post('/refresh', { refreshToken: ben.refreshToken })).statusCode, 200)
})

t.test('the link works once', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, events, asked, post } = tested
  await signUpForTokens(app)
  const token = await resetToken(tested)
  await post(path, { token, password: newPassword })
  asked()
  events.length = 0
  const hashes = hashCalls(t)
  const again = await post(path, { token, password: 'yet another horse' })
  refused(t, again, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.strictSame([asked(), hashes(), events], [['oneTimeTokens.find'], [], []])
  t.equal((await post('/sign-in', { ...ada, password: newPassword })).statusCode, 200)
})

t.test('a password that breaks a rule does not cost the token', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, events, asked, post } = tested
  const { accessToken } = await signUpForTokens(app)
  const token = await resetToken(tested)
  asked()
  events.length = 0
  const hashes = hashCalls(t)
  const weak = await post(path, { token, password: 'kurz' })
  refused(t, weak, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
  t.equal(weak.json().message, 'The password must have at least 8 characters.')
  refused(t, await post(path, { token, password: 'x'.repeat(129) }), 400, 'FST_ERR_VALIDATION')
  t.strictSame([asked(), hashes(), events], [['oneTimeTokens.find'], [], []])
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  t.equal((await post(path, { token, password: newPassword })).statusCode, 204)
})

t.test('a password reset by mail confirms the address', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, post, advance } = tested
  await signUpForTokens(app)
  const token = await resetToken(tested)
  advance(60)
  await post(path, { token, password: newPassword })
  const signedIn = await post('/sign-in', { ...ada, password: newPassword })
  t.equal(signedIn.json().user.emailConfirmedAt, '2026-01-01T12:01:00.000Z')
})

for (const [title, email, seconds] of [
  ['an hour', {}, 3600],
  ['as long as the option says', { resetLifetimeSeconds: 300 }, 300],
] as const) {
  t.test(`a password link is good for ${title}, and not a millisecond longer`, async t => {
    const tested = await testApplication(t, { mail: email })
    const { app, post, advance } = tested
    await signUpForTokens(app)
    const expiring = await resetToken(tested)
    advance(seconds)
    const late = await post(path, { token: expiring, password: newPassword })
    refused(t, late, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
    const token = await resetToken(tested)
    advance(seconds - 0.001)
    t.equal((await post(path, { token, password: newPassword })).statusCode, 204)
  })
}
