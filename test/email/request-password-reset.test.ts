import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { from } from '../support/test-mail.js'

const path = '/password/forgot'
const newPassword = 'a horse of another colour'

t.test('a user who has forgotten the password gets a link, and nothing changes until it is used', async t => {
  const { app, mailbox, events, asked, post } = await testApplication(t, { mail: true })
  const { accessToken } = await signUpForTokens(app)
  await mailbox.waitForMessage(ada.email)
  asked()
  events.length = 0
  const answer = await post(path, { email: ada.email })
  t.equal(answer.statusCode, 202)
  t.strictSame(answer.json(), { status: 'accepted' })
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['users.findByEmail', 'oneTimeTokens.issue'])
  t.match(events, [{ name: 'link_requested', reason: 'password_reset', userId: String }])
  t.equal(events.length, 1)
  const message = await mailbox.waitForMessage(ada.email)
  t.hasStrict(message, { from, to: ada.email, subject: 'Set a new password for app.example.com' })
  const [link = '', ...others] = linksIn(message)
  t.strictSame(others, [])
  t.match(link, /^https:\/\/app\.example\.com\/auth\/password\/reset#token=[\w-]{43}$/)
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('a new link ends the one before', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  await post(path, { email: ada.email })
  const first = await tokenTo(ada.email, 'resetPassword')
  await post(path, { email: ada.email })
  const second = await tokenTo(ada.email, 'resetPassword')
  const reset = (token: string) => post('/password/reset', { token, password: newPassword })
  refused(t, await reset(first), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.equal((await reset(second)).statusCode, 204)
})

t.test('an address without an account gets no message', async t => {
  const { post, app, mailbox } = await testApplication(t, { mail: true })
  t.strictSame((await post(path, { email: ada.email })).json(), { status: 'accepted' })
  await app.close()
  t.strictSame(mailbox.messages, [])
})

t.test('the message goes to the address of the account, however it was written', async t => {
  const { app, mailbox, post } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  await mailbox.waitForMessage(ada.email)
  await post(path, { email: 'ADA@Example.COM' })
  t.equal((await mailbox.waitForMessage(ada.email)).to, ada.email)
})

t.test('asking for a new password leaves a pending confirmation as it is', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  const token = await tokenTo(ada.email, 'confirmEmail')
  await post(path, { email: ada.email })
  t.equal((await post('/email/confirm', { token, password: ada.password })).statusCode, 200)
})
