import t from 'tap'
import { ada, bearer } from '../support/account.js'
import { protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'

const password = 'a horse of another colour'

/** Ada with a confirmed address and an app. */
async function confirmedAda(t: Parameters<typeof protectedApplication>[0]) {
  const application = await protectedApplication(t)
  await application.app.fastAuth.confirmUserEmail(application.user.id, ada.email)
  application.asked()
  return application
}

t.test('a password reset does not replace the second factor', async t => {
  const { post, tokenTo, complete, code } = await confirmedAda(t)
  await post('/password/forgot', { email: ada.email })
  const token = await tokenTo(ada.email, 'resetPassword')
  const reset = await post('/password/reset', { token, password })
  t.ok(reset.statusCode < 300, reset.body)
  t.notMatch(reset.headers['set-cookie'], /access_token|refresh_token/)
  t.notMatch(reset.body, /accessToken/)
  const answer = await post('/sign-in', { ...ada, password, transport: 'token' })
  t.equal(answer.statusCode, 202)
  const signInToken = answer.json().signInToken
  t.equal((await complete({ signInToken, code: code() })).statusCode, 200)
})

t.test('the confirmation of an address opens no session, and leaves the factor', async t => {
  const { post, begin, tokenTo } = await protectedApplication(t)
  t.equal((await post('/email/confirm/send', { email: ada.email })).statusCode, 202)
  const token = await tokenTo(ada.email, 'confirmEmail')
  const answer = await post('/email/confirm', { token, password: ada.password })
  t.equal(answer.statusCode, 200)
  t.notOk('accessToken' in answer.json())
  t.equal(answer.headers['set-cookie'], undefined)
  t.equal((await begin()).statusCode, 202)
})

t.test('a change of address leaves the factor, and opens no session', async t => {
  const { session, post, tokenTo } = await confirmedAda(t)
  const { send } = await session()
  const requested = await send('POST', '/email/change', { email: 'new@example.com', password: ada.password })
  t.equal(requested.statusCode, 202)
  const token = await tokenTo('new@example.com', 'changeEmail')
  const changed = await post('/email/change/confirm', { token, password: ada.password })
  t.equal(changed.statusCode, 200)
  t.notMatch(changed.body, /accessToken/)
  t.notMatch(String(changed.headers['set-cookie']), /access_token=[^;]/)
  const answer = await post('/sign-in', { email: 'new@example.com', password: ada.password })
  t.equal(answer.statusCode, 202)
})

t.test('a sign-up with the address of a protected account signs no client in', async t => {
  const { post, begin } = await confirmedAda(t)
  const answer = await post('/sign-up', { ...ada, transport: 'token' })
  refused(t, answer, 409, 'FAST_AUTH_USER_EXISTS')
  t.equal((await begin()).statusCode, 202)
})

t.test('a sign-in with a user name needs the factor too', async t => {
  const { app, post, session } = await protectedApplication(t, { options: { usernames: true } })
  const { accessToken } = await session()
  const headers = bearer(accessToken)
  const named = await app.inject({ method: 'PATCH', url: '/auth/me', headers, payload: { username: 'ada' } })
  t.equal(named.statusCode, 200)
  t.equal((await post('/sign-in', { username: 'ada', password: ada.password })).statusCode, 202)
})

t.test('the refresh of a session keeps its factor, and gives none to another', async t => {
  const { session, post } = await protectedApplication(t)
  const { refreshToken } = await session()
  const { accessToken } = (await post('/refresh', { refreshToken })).json()
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
  t.strictSame(claims.amr, ['pwd', 'otp', 'mfa'])
})
