import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { from } from '../support/test-mail.js'

const path = '/email/change'
const { password } = ada
const change = { email: 'new@example.com', password }

t.test('asking for another address mails it a link and the present one a notice, and changes nothing yet', async t => {
  const { app, mailbox, events, asked, post } = await testApplication(t, { mail: true })
  const { user, session, accessToken } = await signUpForTokens(app)
  await mailbox.waitForMessage(ada.email)
  asked()
  events.length = 0
  const answer = await post(path, change, bearer(accessToken))
  t.equal(answer.statusCode, 202)
  t.strictSame(answer.json(), { status: 'accepted' })
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['users.find', 'users.findByEmail', 'oneTimeTokens.issue'])
  t.hasStrict(events, [
    { name: 'user_updated', reason: 'email_change_requested', userId: user.id, sessionId: session.id, ip: '127.0.0.1' },
  ])
  t.equal(events.length, 1)
  const message = await mailbox.waitForMessage(change.email)
  t.hasStrict(message, { from, to: change.email, subject: 'Confirm your new e-mail address for app.example.com' })
  const [link = '', ...others] = linksIn(message)
  t.strictSame(others, [])
  t.match(link, /^https:\/\/app\.example\.com\/auth\/email\/change\/confirm#token=[\w-]{43}$/)
  const notice = await mailbox.waitForMessage(ada.email)
  t.equal(notice.subject, 'Your e-mail address at app.example.com is about to change')
  t.strictSame(linksIn(notice), [])
  t.notMatch(notice.text, change.email)
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  t.equal(me.json().user.email, ada.email)
})

t.test('the password is required: an attacker with an open session cannot take the account', async t => {
  const { app, mailbox, events, asked, post } = await testApplication(t, { mail: true })
  const { user, accessToken } = await signUpForTokens(app)
  asked()
  events.length = 0
  const wrong = await post(path, { ...change, password: 'incorrect horse' }, bearer(accessToken))
  refused(t, wrong, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(asked(), ['users.find'])
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_password', userId: user.id }])
  refused(t, await post(path, { email: change.email }, bearer(accessToken)), 400, 'FST_ERR_VALIDATION')
  await app.close()
  t.strictSame(
    mailbox.messages.map(({ to }) => to),
    [ada.email],
  )
})

t.test('a taken address gets a message without a link, and the answer does not reveal it', async t => {
  const { app, mailbox, post, everythingTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  const { accessToken } = await signUpForTokens(app)
  await mailbox.waitForMessage('ben@example.com')
  const answer = await post(path, { email: 'BEN@example.com', password }, bearer(accessToken))
  t.strictSame([answer.statusCode, answer.json()], [202, { status: 'accepted' }])
  const message = await mailbox.waitForMessage('ben@example.com')
  t.equal(message.subject, 'You already have an account at app.example.com')
  t.strictSame(linksIn(message), [])
  t.notMatch(message.text, ada.email)
  t.strictSame(await everythingTo(ada.email), [
    'Confirm your e-mail address for app.example.com',
    'Your e-mail address at app.example.com is about to change',
  ])
})

for (const [second, title] of [
  ['other@example.com', 'free'],
  ['ben@example.com', 'taken, which it must not reveal'],
] as const) {
  t.test(`a second request ends the first one's link, though the second address is ${title}`, async t => {
    const { app, post, tokenTo } = await testApplication(t, { mail: true })
    await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
    const { accessToken } = await signUpForTokens(app)
    await post(path, change, bearer(accessToken))
    const token = await tokenTo(change.email, 'changeEmail')
    await post(path, { email: second, password }, bearer(accessToken))
    refused(
      t,
      await post('/email/change/confirm', { token, password: ada.password }),
      400,
      'FAST_AUTH_ONE_TIME_TOKEN_INVALID',
    )
    const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
    t.equal(me.json().user.email, ada.email)
  })
}

t.test('a pending change leaves a pending confirmation and a pending reset as they are', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true })
  const { accessToken } = await signUpForTokens(app)
  const confirmation = await tokenTo(ada.email, 'confirmEmail')
  await post('/password/forgot', { email: ada.email })
  const reset = await tokenTo(ada.email, 'resetPassword')
  await post(path, change, bearer(accessToken))
  t.equal((await post('/email/confirm', { token: confirmation, password: ada.password })).statusCode, 200)
  t.equal((await post('/password/reset', { token: reset, password: 'a horse of another colour' })).statusCode, 204)
})
