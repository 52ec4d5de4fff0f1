import t, { type Test } from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens, type TokenPair } from '../support/account.js'
import { jwtParts } from '../support/hand-made-jwt.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { type MailApplication, type TestApplicationSettings, testApplication } from '../support/test-application.js'
import type { MailSettings } from '../support/test-mail.js'

const path = '/email/change/confirm'
const { password } = ada
const email = 'new@example.com'

async function changeToken(
  { post, tokenTo }: MailApplication,
  { accessToken }: TokenPair,
  to = email,
): Promise<string> {
  await post('/email/change', { email: to, password }, bearer(accessToken))
  return tokenTo(to, 'changeEmail')
}

/** Ada on two devices, the first of which has asked for another address. */
async function pendingChange(t: Test, settings: TestApplicationSettings<MailSettings> = {}) {
  const tested = await testApplication(t, { mail: true, ...settings })
  const asking = await signUpForTokens(tested.app)
  const other = await signInForTokens(tested.app)
  const token = await changeToken(tested, asking)
  const me = (accessToken: string) => tested.app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  tested.asked()
  tested.events.length = 0
  return { ...tested, asking, other, token, me }
}

t.test('the link gives the account its new address, which is proven', async t => {
  const { asking, other, token, events, asked, post, me, advance } = await pendingChange(t)
  advance(60)
  const answer = await post(path, { token, password: ada.password })
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { status: 'confirmed' })
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['oneTimeTokens.find', 'oneTimeTokens.changeEmail'])
  const about = { userId: asking.user.id, reason: 'email_changed', at: '2026-01-01T12:01:00.000Z', ip: '127.0.0.1' }
  t.hasStrict(events, [
    { name: 'user_updated', sessionId: null, ...about },
    { name: 'authn_token_revoked', sessionId: other.session.id, ...about },
  ])
  t.equal(events.length, 2)
  const { user } = (await me(asking.accessToken)).json()
  t.strictSame([user.email, user.emailConfirmedAt], [email, '2026-01-01T12:01:00.000Z'])
})

t.test('the requesting session continues, and every other one ends immediately', async t => {
  const { asking, other, token, post, me } = await pendingChange(t)
  await post(path, { token, password: ada.password })
  refused(t, await me(other.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
  const ended = await post('/refresh', { refreshToken: other.refreshToken })
  refused(t, ended, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.equal((await me(asking.accessToken)).statusCode, 200)
  const renewed = await post('/refresh', { refreshToken: asking.refreshToken })
  t.equal(renewed.statusCode, 200)
  t.equal(jwtParts(renewed.json().accessToken).claims.email, email)
})

t.test('one signs in with the new address, and the old one is free', async t => {
  const { app, token, post } = await pendingChange(t)
  await post(path, { token, password: ada.password })
  refused(t, await post('/sign-in', ada), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await post('/sign-in', { email, password })).statusCode, 200)
  await t.resolves(signUpForTokens(app))
})

t.test('the link works once', async t => {
  const { token, post } = await pendingChange(t)
  await post(path, { token, password: ada.password })
  refused(t, await post(path, { token, password: ada.password }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
})

t.test('an address that another user took meanwhile is refused, and the link is used up', async t => {
  const { app, asking, other, token, events, post, me } = await pendingChange(t)
  const ben = await signUpForTokens(app, { email, password })
  events.length = 0
  refused(t, await post(path, { token, password: ada.password }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.strictSame(events, [])
  t.equal((await me(asking.accessToken)).json().user.email, ada.email)
  t.equal((await me(other.accessToken)).statusCode, 200)
  t.equal((await me(ben.accessToken)).json().user.email, email)
  refused(t, await post(path, { token, password: ada.password }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
})

t.test('two concurrent requests for a change leave one live link, which proves its own address', async t => {
  const { app, post, tokenTo, ...tested } = await testApplication(t, { mail: true })
  const asking = await signUpForTokens(app)
  const addresses = ['b@example.com', 'c@example.com']
  const tokens = await Promise.all(addresses.map(to => changeToken({ app, post, tokenTo, ...tested }, asking, to)))
  const answers = await Promise.all(tokens.map(token => post(path, { token, password: ada.password })))
  const statuses = answers.map(({ statusCode }) => statusCode)
  t.strictSame([...statuses].sort(), [200, 400])
  const me = await app.inject({ url: '/auth/me', headers: bearer(asking.accessToken) })
  t.equal(me.json().user.email, addresses[statuses.indexOf(200)])
})

t.test('if two users request one address concurrently, one gets it', async t => {
  const tested = await testApplication(t, { mail: true })
  const { app, post } = tested
  const users = [await signUpForTokens(app), await signUpForTokens(app, { ...ada, email: 'ben@example.com' })]
  const tokens: string[] = []
  for (const user of users) tokens.push(await changeToken(tested, user))
  const answers = await Promise.all(tokens.map(token => post(path, { token, password: ada.password })))
  const statuses = answers.map(({ statusCode }) => statusCode)
  t.strictSame([...statuses].sort(), [200, 400])
  const signedIn = await signInForTokens(app, { email, password })
  t.equal(signedIn.user.id, users[statuses.indexOf(200)]?.user.id)
})

t.test("the old address's links end with it", async t => {
  const { token, post, tokenTo } = await pendingChange(t)
  const confirmation = await tokenTo(ada.email, 'confirmEmail')
  await post('/password/forgot', { email: ada.email })
  const reset = await tokenTo(ada.email, 'resetPassword')
  await post(path, { token, password: ada.password })
  refused(
    t,
    await post('/email/confirm', { token: confirmation, password: ada.password }),
    400,
    'FAST_AUTH_ONE_TIME_TOKEN_INVALID',
  )
  const late = await post('/password/reset', { token: reset, password: 'a horse of another colour' })
  refused(t, late, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.equal((await post('/sign-in', { email, password })).statusCode, 200)
})

t.test('a new address gets the next password link', async t => {
  const { token, mailbox, post, everythingTo } = await pendingChange(t)
  await post(path, { token, password: ada.password })
  const before = mailbox.messages.filter(({ to }) => to === ada.email).length
  await post('/password/forgot', { email })
  await post('/password/forgot', { email: ada.email })
  t.equal((await everythingTo(ada.email)).length, before)
  t.equal((await everythingTo(email)).at(-1), 'Set a new password for app.example.com')
})

for (const [title, settings, seconds] of [
  ['a day', {}, 86_400],
  ['as long as the option says', { confirmationLifetimeSeconds: 300 }, 300],
] as const) {
  t.test(`the link is good for ${title}, and not a millisecond longer`, async t => {
    const lasting = await pendingChange(t, { mail: settings })
    lasting.advance(seconds - 0.001)
    t.equal((await lasting.post(path, { token: lasting.token, password: ada.password })).statusCode, 200)
    const expired = await pendingChange(t, { mail: settings })
    expired.advance(seconds)
    const late = await expired.post(path, { token: expired.token, password: ada.password })
    refused(t, late, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  })
}
