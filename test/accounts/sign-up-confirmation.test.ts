import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const required = { options: { requireEmailConfirmation: true } } as const
const confirm = 'Confirm your e-mail address for app.example.com'
const taken = 'You already have an account at app.example.com'

t.test('if addresses must be confirmed, signing up opens no session and mails a link', async t => {
  const { mailbox, events, asked, post, tokenTo } = await testApplication(t, { mail: true, ...required })
  const answer = await post('/sign-up', { ...ada, transport: 'token' })
  t.equal(answer.statusCode, 202)
  t.strictSame(answer.json(), { status: 'confirmation_required' })
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['users.create'])
  t.match(events, [{ name: 'user_created', userId: String, sessionId: null, at: '2026-01-01T12:00:00.000Z' }])
  t.equal(events.length, 1)
  const token = await tokenTo(ada.email, 'confirmEmail')
  t.equal(mailbox.messages.length, 1)
  t.equal((await post('/email/confirm', { token, password: ada.password })).statusCode, 200)
  const signedIn = await post('/sign-in', ada)
  t.equal(signedIn.statusCode, 200)
  t.equal(signedIn.json().user.emailConfirmedAt, '2026-01-01T12:00:00.000Z')
})

t.test('a taken address gets the same answer, byte for byte, and its owner a message without a link', async t => {
  const { mailbox, events, post } = await testApplication(t, { mail: true, ...required })
  const fresh = await post('/sign-up', ada)
  await mailbox.waitForMessage(ada.email)
  events.length = 0
  const again = await post('/sign-up', { email: 'ADA@example.com', password: 'a horse of another colour' })
  t.strictSame(visible(again), visible(fresh))
  t.hasStrict(events, [{ name: 'user_create_fail', reason: 'email_taken', userId: null }])
  t.equal(events.length, 1)
  const message = await mailbox.waitForMessage(ada.email)
  t.equal(message.subject, taken)
  t.strictSame(linksIn(message), [])
})

t.test('another sign-up with a taken address changes neither its password nor its pending link', async t => {
  const { post, tokenTo } = await testApplication(t, { mail: true, ...required })
  await post('/sign-up', ada)
  const token = await tokenTo(ada.email, 'confirmEmail')
  const intruder = { ...ada, password: 'a horse of another colour' }
  await post('/sign-up', intruder)
  t.equal((await post('/email/confirm', { token, password: ada.password })).statusCode, 200)
  refused(t, await post('/sign-in', intruder), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('ten concurrent sign-ups of one address get one answer, and the address one link', async t => {
  const { events, post, everythingTo } = await testApplication(t, { mail: true, ...required })
  const answers = await Promise.all(Array.from({ length: 10 }, () => post('/sign-up', ada)))
  t.equal(new Set(answers.map(answer => JSON.stringify(visible(answer)))).size, 1)
  t.equal(events.filter(({ name }) => name === 'user_created').length, 1)
  const subjects = await everythingTo(ada.email)
  t.strictSame(subjects.sort(), [confirm, ...Array(9).fill(taken)])
})

t.test("the password's rules come before the question whether the address is taken", async t => {
  const { asked, post } = await testApplication(t, { mail: true, ...required })
  await post('/sign-up', ada)
  asked()
  const known = await post('/sign-up', { ...ada, password: 'kurz' })
  const unknown = await post('/sign-up', { email: 'ben@example.com', password: 'kurz' })
  refused(t, known, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
  t.strictSame(visible(known), visible(unknown))
  t.strictSame(asked(), [])
})

t.test('if confirmation is not required, signing up opens a session and mails the link too', async t => {
  const { app, asked, everythingTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  t.strictSame(asked(), ['users.create'])
  t.strictSame(await everythingTo(ada.email), [confirm])
})

t.test('if confirmation is not required, the owner of a taken address gets no message', async t => {
  const { app, post, everythingTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  refused(t, await post('/sign-up', ada), 409, 'FAST_AUTH_USER_EXISTS')
  t.strictSame(await everythingTo(ada.email), [confirm])
})
