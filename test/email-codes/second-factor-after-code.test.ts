import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, signInUser, totpCode } from '../../lib/testing/index.js'
import { ada, bearer, cookieHeader } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { browser } from '../support/browser.js'
import { codeApplication, codeOf, invalid, otherThan, type RequestedCode } from '../support/code-application.js'
import { claimsOf } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const expired = 'FAST_AUTH_SIGN_IN_EXPIRED'

/** An application with mailed codes in which Ada has an authenticator app. */
async function protectedCodes(t: Test, options: Partial<FastAuthOptions> = {}) {
  const application = await codeApplication(t, { options: { secondFactor: 'offered', ...options } })
  const { app, post, use, mailbox, asked, events, advance } = application
  const { secret, recoveryCodes } = await setUpTotp(await signInUser(app, ada), { at: noon })
  await mailbox.waitForMessage(ada.email)
  let now = noon
  const wait = (seconds: number) => {
    now += seconds * 1000
    advance(seconds)
  }
  wait(30)
  asked()
  events.length = 0
  const complete = (body: object, headers: Record<string, string> = {}) => post('/sign-in/second-factor', body, headers)
  /** Gives the code, and returns what the client sends with the second factor. */
  async function begin(requested: RequestedCode) {
    const answer = await use(requested)
    t.equal(answer.statusCode, 202)
    const { signInToken } = answer.json()
    return { answer, body: { signInToken }, headers: { cookie: cookieHeader(answer) } }
  }
  return { ...application, advance: wait, complete, begin, code: () => totpCode(secret, now), recoveryCodes }
}

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a code signs a user with a factor in only with it, and is used up then`, async t => {
    const { storage } = await open(t)
    const world = await protectedCodes(t, { storage, migrate: true })
    const { request, begin, complete, use, code, asked, events, user } = world
    const requested = await request()
    asked()
    events.length = 0
    const { answer, body } = await begin(requested)
    const expiresAt = new Date(noon + 630_000).toISOString()
    t.hasStrict(answer.json(), { status: 'second_factor_required', methods: ['totp', 'recoveryCode'], expiresAt })
    t.equal(answer.headers['set-cookie'], undefined)
    t.notOk(asked().some(method => method.startsWith('sessions.')))
    t.hasStrict(events, [{ name: 'authn_second_factor_due', userId: user.id, sessionId: null }])
    t.equal(events.length, 1)
    const again = await begin(requested)
    asked()
    const completed = await complete({ ...body, code: code() })
    t.equal(completed.statusCode, 200)
    t.strictSame(claimsOf(completed.json().accessToken).amr, ['otp', 'mfa'])
    t.ok(asked().includes('signInCodes.find'))
    refused(t, await use(requested), 401, invalid)
    refused(t, await complete({ ...again.body, recoveryCode: world.recoveryCodes[0] }), 401, expired)
  })

  t.test(`in ${name} a code that is replaced between the steps ends the sign-in`, async t => {
    const { storage } = await open(t)
    const { request, ask, begin, complete, code } = await protectedCodes(t, { storage, migrate: true })
    const { body } = await begin(await request())
    await ask()
    refused(t, await complete({ ...body, code: code() }), 401, expired)
  })

  t.test(`in ${name} wrong codes of another attempt end a sign-in that waits`, async t => {
    const { storage } = await open(t)
    const { request, begin, use, complete, code } = await protectedCodes(t, { storage, migrate: true })
    const requested = await request()
    const { body } = await begin(requested)
    for (let count = 0; count < 5; count += 1) await use({ ...requested, code: otherThan(requested.code) })
    refused(t, await complete({ ...body, code: code() }), 401, expired)
  })
}

t.test('a browser gives both steps with its cookie, which is gone after the second', async t => {
  const { app, codeMessage, code } = await protectedCodes(t)
  const own = browser(app)
  const post = (path: string, payload: object) => own.send({ method: 'POST', url: `/auth${path}`, payload })
  await post('/sign-in/email', { email: ada.email })
  const first = await post('/sign-in/email/confirm', { code: codeOf(await codeMessage(ada.email)) })
  t.strictSame([first.statusCode, 'signInToken' in first.json()], [202, false])
  t.equal((await own.send({ url: '/auth/me' })).statusCode, 401)
  t.equal((await own.cookies('/auth/sign-in/second-factor')).length, 1)
  t.equal((await post('/sign-in/second-factor', { code: code() })).statusCode, 200)
  t.notOk((await own.cookies('/auth/sign-in/second-factor')).some(({ key }) => key === '__Host-sign_in'))
  t.equal((await own.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('the sign-in waits no longer than the code is valid, and the answer and the cookie say so', async t => {
  const { request, begin, complete, code, advance } = await protectedCodes(t)
  const first = await request(ada.email, 'cookie')
  advance(540)
  const waiting = await begin(first)
  t.equal(waiting.answer.json().expiresAt, first.answer.json().expiresAt)
  t.equal(waiting.answer.cookies[0]?.maxAge, 60)
  advance(60)
  refused(t, await complete({ code: code() }, waiting.headers), 401, expired)
  const later = await begin(await request())
  t.equal((await complete({ ...later.body, code: code() })).statusCode, 200)
})

t.test('the second factor before the code is refused', async t => {
  const { request, complete, code, use } = await protectedCodes(t)
  const requested = await request()
  refused(t, await complete({ ...requested.body, code: code() }), 401, expired)
  const inBrowser = await request(ada.email, 'cookie')
  refused(t, await complete({ code: code() }, inBrowser.headers), 401, expired)
  t.equal((await use(inBrowser)).statusCode, 202, 'the code is worth what it was')
})

t.test('a wrong second factor costs the mailed code nothing', async t => {
  const { request, begin, complete, code, recoveryCodes } = await protectedCodes(t)
  const { body } = await begin(await request())
  const wrong = await complete({ ...body, recoveryCode: 'aaaa-bbbb-cccc-dddd-eeee-ffff' })
  refused(t, wrong, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal((await complete({ ...body, recoveryCode: recoveryCodes[0] })).statusCode, 200)
  t.equal((await complete({ ...body, code: code() })).statusCode, 401)
})

t.test('a sign-in that began with a code ends when the address changes', async t => {
  const { app, request, begin, complete, code, recoveryCodes, user, tokenTo, post } = await protectedCodes(t)
  const other = await begin(await request())
  const session = (await complete({ ...other.body, recoveryCode: recoveryCodes[0] })).json()
  const { body } = await begin(await request())
  const email = 'new@example.com'
  await post('/email/change', { email, password: ada.password }, bearer(session.accessToken))
  await post('/email/change/confirm', { token: await tokenTo(email, 'changeEmail'), password: ada.password })
  t.equal((await app.fastAuth.findUser({ userId: user.id }))?.email, email)
  refused(t, await complete({ ...body, code: code() }), 401, expired)
})

t.test('a sign-in that began with a code goes on after a change of the password', async t => {
  const { request, begin, complete, code, recoveryCodes, post } = await protectedCodes(t)
  const first = await begin(await request())
  const { accessToken } = (await complete({ ...first.body, recoveryCode: recoveryCodes[0] })).json()
  const { body } = await begin(await request())
  const change = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
  t.equal((await post('/password/change', change, bearer(accessToken))).statusCode, 200)
  t.equal((await complete({ ...body, code: code() })).statusCode, 200)
})

t.test('a disabled user learns it after the last factor', async t => {
  const { app, request, begin, complete, code, user } = await protectedCodes(t)
  const { body } = await begin(await request())
  await app.fastAuth.disableUser(user.id)
  const wrong = await complete({ ...body, recoveryCode: 'aaaa-bbbb-cccc-dddd-eeee-ffff' })
  refused(t, wrong, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  refused(t, await complete({ ...body, code: code() }), 403, 'FAST_AUTH_USER_DISABLED')
})

t.test('a user with a factor is signed in by no code if the server has turned second factors off', async t => {
  const storage = memoryStorage()
  await protectedCodes(t, { storage })
  const { post, mailbox } = await testApplication(t, { mail: true, options: { storage, emailSignIn: {} } })
  const { signInToken } = (await post('/sign-in/email', { email: ada.email, transport: 'token' })).json()
  const code = codeOf(await mailbox.waitForMessage(ada.email))
  refused(t, await post('/sign-in/email/confirm', { code, signInToken }), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
})

t.test('if a second factor is required, the code of a user without one gives a session that only sets up', async t => {
  const { codeSession } = await codeApplication(t, { options: { secondFactor: 'required' } })
  const { send } = await codeSession()
  refused(t, await send('GET', '/me'), 403, 'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED')
  const { secret } = (await send('POST', '/second-factor/totp')).json()
  const confirmed = await send('POST', '/second-factor/totp/confirm', { code: totpCode(secret, noon) })
  t.equal(confirmed.statusCode, 200)
})
