import t from 'tap'
import { ada } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const required = { options: { requireEmailConfirmation: true } } as const

t.test('with the right password an unconfirmed user is asked to confirm the address, and then signs in', async t => {
  const { events, asked, post, tokenTo } = await testApplication(t, { mail: true, ...required })
  await post('/sign-up', ada)
  asked()
  events.length = 0
  refused(t, await post('/sign-in', ada), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.strictSame(asked(), ['users.findByEmail'])
  t.match(events, [{ name: 'authn_login_fail', reason: 'email_not_confirmed', userId: String, sessionId: null }])
  t.equal(events.length, 1)
  await post('/email/confirm', { token: await tokenTo(ada.email, 'confirmEmail'), password: ada.password })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('a wrong password does not distinguish an unconfirmed address from an unknown one', async t => {
  const { asked, post } = await testApplication(t, { mail: true, ...required })
  await post('/sign-up', ada)
  const hashes = hashCalls(t)
  const attempt = async (email: string) => {
    asked()
    const answer = await post('/sign-in', { email, password: 'incorrect horse' })
    return { answer: visible(answer), asked: asked(), hashes: hashes().length }
  }
  const unproven = await attempt(ada.email)
  t.equal(unproven.answer.statusCode, 401)
  t.strictSame(await attempt('ben@example.com'), unproven)
})

t.test('setting a new password by mail proves the address', async t => {
  const { post, tokenTo } = await testApplication(t, { mail: true, ...required })
  const password = 'a horse of another colour'
  await post('/sign-up', ada)
  await post('/password/forgot', { email: ada.email })
  await post('/password/reset', { token: await tokenTo(ada.email, 'resetPassword'), password })
  t.equal((await post('/sign-in', { ...ada, password })).statusCode, 200)
})
