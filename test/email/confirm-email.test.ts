import t from 'tap'
import { ada, bearer, signUpForCookies, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const path = '/email/confirm'

t.test('confirming proves the address, and creates no session', async t => {
  const { app, events, asked, post, tokenTo, advance } = await testApplication(t, { mail: true })
  const { user, accessToken } = await signUpForTokens(app)
  const token = await tokenTo(ada.email, 'confirmEmail')
  advance(60)
  asked()
  events.length = 0
  const answer = await post(path, { token, password: ada.password }, { 'user-agent': 'Reader/1' })
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { status: 'confirmed' })
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.strictSame(asked(), ['oneTimeTokens.find', 'oneTimeTokens.confirmEmail'])
  t.matchOnly(events, [
    {
      name: 'user_updated',
      reason: 'email_confirmed',
      at: '2026-01-01T12:01:00.000Z',
      userId: user.id,
      sessionId: null,
      ip: '127.0.0.1',
      userAgent: 'Reader/1',
      requestId: /^req-/,
    },
  ])
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  t.equal(me.json().user.emailConfirmedAt, '2026-01-01T12:01:00.000Z')
})

t.test('a confirmation link works once', async t => {
  const { app, events, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  const token = await tokenTo(ada.email, 'confirmEmail')
  await post(path, { token, password: ada.password })
  events.length = 0
  refused(t, await post(path, { token, password: ada.password }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.strictSame(events, [])
})

t.test('it is mailed at sign-up, and confirms no other user', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true })
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  await signUpForTokens(app)
  await post(path, { token: await tokenTo(ada.email, 'confirmEmail'), password: ada.password })
  const me = await app.inject({ url: '/auth/me', headers: bearer(ben.accessToken) })
  t.equal(me.json().user.emailConfirmedAt, null)
})

t.test('a link may be opened in any browser: whose cookies come with it plays no part', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true })
  const cookie = await signUpForCookies(app, { ...ada, email: 'ben@example.com' })
  const { accessToken } = await signUpForTokens(app)
  const token = await tokenTo(ada.email, 'confirmEmail')
  t.equal((await post(path, { token, password: ada.password }, { cookie })).statusCode, 200)
  const confirmedAt = async (headers: Record<string, string>) =>
    (await app.inject({ url: '/auth/me', headers })).json().user.emailConfirmedAt
  t.type(await confirmedAt(bearer(accessToken)), 'string')
  t.equal(await confirmedAt({ cookie }), null)
})

for (const [title, email, seconds] of [
  ['a day', {}, 86_400],
  ['as long as the option says', { confirmationLifetimeSeconds: 300 }, 300],
] as const) {
  t.test(`a confirmation link is good for ${title}, and not a millisecond longer`, async t => {
    const { app, post, tokenTo, advance } = await testApplication(t, { mail: email })
    await signUpForTokens(app)
    await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
    const first = await tokenTo(ada.email, 'confirmEmail')
    const second = await tokenTo('ben@example.com', 'confirmEmail')
    advance(seconds - 0.001)
    t.equal((await post(path, { token: first, password: ada.password })).statusCode, 200)
    advance(0.001)
    refused(t, await post(path, { token: second, password: ada.password }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  })
}
