import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { from } from '../support/test-mail.js'

const path = '/email/confirm/send'
const subject = 'Confirm your e-mail address for app.example.com'

t.test('a user with an account can have the confirmation link mailed again', async t => {
  const { app, mailbox, events, asked, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  await mailbox.waitForMessage(ada.email)
  asked()
  events.length = 0
  const answer = await post(path, { email: ada.email })
  t.equal(answer.statusCode, 202)
  t.strictSame(answer.json(), { status: 'accepted' })
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['users.findByEmail', 'oneTimeTokens.issue'])
  t.match(events, [{ name: 'link_requested', reason: 'email_confirmation', userId: String }])
  t.equal(events.length, 1)
  const token = await tokenTo(ada.email, 'confirmEmail')
  t.equal((await post('/email/confirm', { token, password: ada.password })).statusCode, 200)
})

t.test('the message has one recipient and one link, with the token in the fragment only', async t => {
  const { app, mailbox, post } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  await mailbox.waitForMessage(ada.email)
  await post(path, { email: ada.email })
  const message = await mailbox.waitForMessage(ada.email)
  t.hasStrict(message, { from, to: ada.email, subject })
  const [link = '', ...others] = linksIn(message)
  t.strictSame(others, [])
  t.match(link, /^https:\/\/app\.example\.com\/auth\/email\/confirm#token=[\w-]{43}$/)
  const inHtml = [...message.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
  t.strictSame([...new Set(inHtml)], [link])
})

t.test('a new link ends the one before', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  const first = await tokenTo(ada.email, 'confirmEmail')
  await post(path, { email: ada.email })
  const second = await tokenTo(ada.email, 'confirmEmail')
  refused(
    t,
    await post('/email/confirm', { token: first, password: ada.password }),
    400,
    'FAST_AUTH_ONE_TIME_TOKEN_INVALID',
  )
  t.equal((await post('/email/confirm', { token: second, password: ada.password })).statusCode, 200)
})

t.test('a confirmed address and one without an account get no message', async t => {
  const { app, mailbox, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  await post('/email/confirm', { token: await tokenTo(ada.email, 'confirmEmail'), password: ada.password })
  for (const email of [ada.email, 'ben@example.com']) {
    t.strictSame((await post(path, { email })).json(), { status: 'accepted' })
  }
  await app.close()
  t.equal(mailbox.messages.length, 1)
})

t.test('the message goes to the address of the account, however it was written', async t => {
  const { app, post, everythingTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  await post(path, { email: 'ADA@Example.COM' })
  t.strictSame(await everythingTo(ada.email), [subject, subject])
})
