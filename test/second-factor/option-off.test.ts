import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { setUpTotp } from '../../lib/testing/index.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { browser } from '../support/browser.js'
import { openapiDocument } from '../support/openapi-document.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const routes = [
  ['GET', '/auth/second-factor'],
  ['POST', '/auth/second-factor/totp'],
  ['POST', '/auth/second-factor/totp/confirm'],
  ['DELETE', '/auth/second-factor/totp'],
  ['POST', '/auth/second-factor/recovery-codes'],
  ['POST', '/auth/sign-in/second-factor'],
  ['POST', '/auth/reauthenticate'],
] as const

t.test('without the option, none of its routes exists', async t => {
  const { app, accessToken } = await testApplication(t, { signedIn: true })
  for (const [method, url] of routes) {
    t.equal(app.hasRoute({ method, url }), false, url)
    const answer = await app.inject({ method, url, headers: bearer(accessToken) })
    t.equal(answer.statusCode, 404, url)
  }
})

t.test('without the option, a sign-in sets no further cookie and its token has no further claim', async t => {
  const { app, post } = await testApplication(t)
  await signUpForCookies(app)
  const ben = browser(app)
  const answer = await ben.send({ method: 'POST', url: '/auth/sign-in', payload: ada })
  const names = answer.cookies.map(({ name }) => name)
  t.notOk(names.includes('__Host-sign_in'), names.join())
  const { accessToken } = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
  t.notOk('amr' in claims)
})

t.test('without the option, a recent session does not replace the password', async t => {
  const { app, accessToken } = await testApplication(t, { mail: true, signedIn: true })
  for (const [method, url, payload] of [
    ['POST', '/auth/password/change', { newPassword: 'a horse of another colour' }],
    ['POST', '/auth/email/change', { email: 'new@example.com' }],
    ['DELETE', '/auth/me', {}],
  ] as const) {
    const answer = await app.inject({ method, url, payload, headers: bearer(accessToken) })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, /assword/)
  }
})

t.test('without the option, a user who has a factor from before is refused, and the event says why', async t => {
  const storage = memoryStorage()
  const before = await testApplication(t, { signedIn: true, options: { storage, secondFactor: 'offered' } })
  await setUpTotp(before, { at: noon })
  const { post, events } = await testApplication(t, { options: { storage } })
  refused(t, await post('/sign-in', ada), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  const about = { userId: before.user.id, sessionId: null }
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'second_factor_not_offered', ...about }])
  refused(t, await post('/sign-in', { ...ada, password: 'wrong' }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame((await storage.sessions.list({ userId: before.user.id, now: noon, limit: 9, offset: 0 })).total, 1)
})

t.test('without the option, requireSecondFactor throws when it is created', async t => {
  const { app } = await testApplication(t)
  t.throws(() => app.fastAuth.requireSecondFactor(), { code: 'FAST_AUTH_OPTION_INVALID' })
  t.throws(() => app.fastAuth.requireSecondFactor({ maxAgeSeconds: 60 }), {
    message: /needs the option "secondFactor"/,
  })
})

t.test('requireSecondFactor throws for an age that is none', async t => {
  const { app } = await testApplication(t, { options: { secondFactor: 'offered' } })
  for (const maxAgeSeconds of [-1, Number.NaN])
    t.throws(() => app.fastAuth.requireSecondFactor({ maxAgeSeconds }), { code: 'FAST_AUTH_OPTION_INVALID' })
})

t.test('without the option, the OpenAPI document mentions no second factor', async t => {
  const off = { secondFactor: 'off', passkeys: undefined, emailSignIn: undefined, providers: undefined } as const
  const { document } = await openapiDocument(t, { options: off })
  t.notMatch(JSON.stringify(document), /second.?factor|totp|recovery code|reauthenticate|signInCookie/i)
})

t.test('an unknown word for the option stops the boot', async t => {
  const options = { secondFactor: 'on' as 'off' }
  await t.rejects(testApplication(t, { options }), { code: 'FAST_AUTH_OPTION_INVALID' })
})
