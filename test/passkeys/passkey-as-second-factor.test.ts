import t, { type Test } from 'tap'
import {
  createSoftwareAuthenticator,
  registerPasskey,
  setUpTotp,
  signUpUser,
  totpCode,
} from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { browser } from '../support/browser.js'
import {
  claimsOf,
  confirmedApplication,
  origin,
  type PasskeySettings,
  passkeyApplication,
  usePasskey,
} from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { deletingStorage } from './fixtures/deleting-storage.js'

const invalid = 'FAST_AUTH_SECOND_FACTOR_INVALID'

/** An application whose user Ada has a passkey and an authenticator app. */
async function bothApplication(t: Test, { options, ...settings }: PasskeySettings = {}) {
  const application = await passkeyApplication(t, { options: { secondFactor: 'offered', ...options }, ...settings })
  const { secret } = await setUpTotp(application, { at: noon })
  await application.mailbox.waitForMessage(ada.email)
  application.events.length = 0
  const begin = async (transport = 'token') => (await application.post('/sign-in', { ...ada, transport })).json()
  const complete = (body: object) => application.post('/sign-in/second-factor', body)
  return { ...application, secret, begin, complete }
}

t.test('a sign-in that waits may be completed with a passkey', async t => {
  const { begin, complete, use, events, user, advance, asked } = await bothApplication(t)
  const { signInToken, methods } = await begin()
  t.strictSame(methods, ['totp', 'recoveryCode', 'passkey'])
  advance(60)
  const credential = await use()
  events.length = 0
  asked()
  const answer = await complete({ signInToken, credential })
  t.equal(answer.statusCode, 200)
  t.strictSame(asked(), ['users.find', 'passkeys.findByCredentialId', 'sessions.open'])
  const { accessToken, session } = answer.json()
  t.hasStrict(claimsOf(accessToken), { amr: ['pwd', 'swk', 'user', 'mfa'], auth_time: noon / 1000 + 60 })
  t.hasStrict(events, [{ name: 'authn_login_success', userId: user.id, sessionId: session.id }])
  t.equal(events.length, 1)
  refused(t, await complete({ signInToken, credential }), 401, invalid)
})

t.test('a passkey is named once, however many there are', async t => {
  const application = await bothApplication(t)
  const { app, secret, advance, complete, begin } = application
  advance(30)
  const { signInToken } = await begin()
  const code = totpCode(secret, noon + 30_000)
  const { accessToken } = (await complete({ signInToken, code })).json()
  const inject = (request: object) => app.inject({ ...request, headers: bearer(accessToken) })
  await registerPasskey({ inject }, { authenticator: createSoftwareAuthenticator(), origin })
  t.strictSame((await begin()).methods, ['totp', 'recoveryCode', 'passkey'])
  t.hasStrict((await inject({ url: '/auth/second-factor' })).json(), { passkeys: 2, required: false })
})

t.test('a passkey alone makes no second factor due: the password signs in', async t => {
  const { post, send } = await passkeyApplication(t, { options: { secondFactor: 'offered' } })
  const answer = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(answer.statusCode, 200)
  t.strictSame(claimsOf(answer.json().accessToken).amr, ['pwd'])
  const expected = { totp: null, passkeys: 1, recoveryCodesLeft: 0, required: false }
  t.strictSame((await send('GET', '/second-factor')).json(), expected)
})

t.test('a passkey alone signs a user with an authenticator app in', async t => {
  const { signIn } = await bothApplication(t)
  t.equal((await signIn()).statusCode, 200)
})

t.test('a browser completes its sign-in with a passkey', async t => {
  const { app, use } = await bothApplication(t)
  const ben = browser(app)
  t.equal((await ben.send({ method: 'POST', url: '/auth/sign-in', payload: ada })).statusCode, 202)
  const payload = { credential: await use() }
  const answer = await ben.send({ method: 'POST', url: '/auth/sign-in/second-factor', payload })
  t.equal(answer.statusCode, 200)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('passkeys that are invalid, used or of another user get the answer of a wrong code', async t => {
  const application = await bothApplication(t)
  const { app, begin, complete, use, signInWith, events, user, mailbox, secret } = application
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const token = (await mailbox.waitForMessage('ben@example.com')).text.match(/#token=([\w-]+)/)?.[1]
  await ben.inject({ method: 'POST', url: '/auth/email/confirm', payload: { token, password: ada.password } })
  const other = createSoftwareAuthenticator()
  await registerPasskey(ben, { authenticator: other, origin })
  const used = await use()
  await signInWith(used)
  const { signInToken } = await begin()
  events.length = 0
  const wrong = [
    used,
    await use({ overrides: { challenge: 'AAAA' } }),
    await use({ overrides: { userHandle: null } }),
    await usePasskey(application, other),
  ]
  const bodies = new Set<string>()
  for (const credential of wrong) {
    const answer = await complete({ signInToken, credential })
    refused(t, answer, 401, invalid)
    bodies.add(answer.body)
  }
  bodies.add((await complete({ signInToken, code: totpCode(secret, noon - 90_000) })).body)
  t.equal(bodies.size, 1)
  const failed = { name: 'authn_login_fail', reason: 'wrong_second_factor', userId: user.id, sessionId: null }
  t.hasStrict(events, Array(wrong.length + 1).fill(failed))
})

t.test('a body with several second factors is refused', async t => {
  const { begin, complete, use, asked } = await bothApplication(t)
  const { signInToken } = await begin()
  const credential = await use()
  asked()
  for (const body of [{ code: '123456', credential }, { recoveryCode: 'x', credential }, {}]) {
    const answer = await complete({ signInToken, ...body })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, /exactly one second factor/)
  }
  t.strictSame(asked(), [])
})

t.test('a copy of a passkey completes no sign-in, and is reported', async t => {
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const application = await bothApplication(t, { authenticator })
  const { begin, complete, signIn, events, passkey } = application
  const copy = authenticator.copy()
  await signIn()
  const { signInToken } = await begin()
  events.length = 0
  const credential = await usePasskey(application, copy)
  refused(t, await complete({ signInToken, credential }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  t.hasStrict(events, [{ name: 'passkey_copied', passkeyId: passkey.id }])
})

t.test('a passkey that is deleted in the last moment completes no sign-in', async t => {
  const { armed, storage } = deletingStorage()
  const options = { storage }
  const { begin, complete, use, events } = await bothApplication(t, { options })
  const { signInToken } = await begin()
  const credential = await use()
  armed.isArmed = true
  events.length = 0
  refused(t, await complete({ signInToken, credential }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  t.strictSame(events, [])
})

t.test('a passkey makes a session recent, with or without the password', async t => {
  const { app, send, use, advance, accessToken, session, events, user, post, refreshToken, asked } =
    await passkeyApplication(t)
  advance(600)
  refused(t, await send('POST', '/passkeys/options'), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const credential = await use()
  events.length = 0
  asked()
  const answer = await post('/reauthenticate', { credential }, bearer(accessToken))
  t.equal(answer.statusCode, 200)
  t.strictSame(asked(), ['users.find', 'passkeys.findByCredentialId', 'sessions.reauthenticate'])
  t.hasStrict(answer.json(), { user: { id: user.id }, session: { id: session.id }, tokenType: 'Bearer' })
  const claims = claimsOf(answer.json().accessToken)
  t.hasStrict(claims, { amr: ['pwd', 'swk', 'user', 'mfa'], auth_time: noon / 1000 + 600 })
  t.hasStrict(events, [{ name: 'authn_reauthenticated', userId: user.id, sessionId: session.id }])
  t.equal(events.length, 1)
  const headers = bearer(answer.json().accessToken)
  t.equal((await app.inject({ method: 'POST', url: '/auth/passkeys/options', headers })).statusCode, 200)
  const both = await post('/reauthenticate', { password: ada.password, credential: await use() }, headers)
  t.equal(both.statusCode, 200)
  refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('the session of a user with an authenticator app becomes recent by a passkey', async t => {
  const { post, use, accessToken, app } = await bothApplication(t)
  const alone = await post('/reauthenticate', { password: ada.password }, bearer(accessToken))
  refused(t, alone, 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  const proven = await post('/reauthenticate', { credential: await use() }, bearer(accessToken))
  t.equal(proven.statusCode, 200)
  const headers = bearer(proven.json().accessToken)
  t.equal((await app.inject({ method: 'DELETE', url: '/auth/second-factor/totp', headers })).statusCode, 204)
})

t.test('a passkey that is invalid, used or of another user makes no session recent', async t => {
  const application = await passkeyApplication(t)
  const { app, use, signInWith, post, accessToken, events, session, mailbox } = application
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const token = (await mailbox.waitForMessage('ben@example.com')).text.match(/#token=([\w-]+)/)?.[1]
  await ben.inject({ method: 'POST', url: '/auth/email/confirm', payload: { token, password: ada.password } })
  const other = createSoftwareAuthenticator()
  await registerPasskey(ben, { authenticator: other, origin })
  const used = await use()
  await signInWith(used)
  for (const credential of [
    used,
    await use({ overrides: { userHandle: null } }),
    await usePasskey(application, other),
  ]) {
    refused(t, await post('/reauthenticate', { credential }, bearer(accessToken)), 401, invalid)
    t.hasStrict(events.at(-1), {
      name: 'authn_login_fail',
      reason: 'wrong_second_factor',
      sessionId: session.id,
    })
  }
})

t.test('the body of reauthenticate has a password, one other proof, or both', async t => {
  const { post, accessToken, use } = await bothApplication(t)
  const credential = await use()
  for (const body of [{}, { code: '123456', credential }, { password: ada.password, recoveryCode: 'x', credential }])
    refused(t, await post('/reauthenticate', body, bearer(accessToken)), 400, 'FST_ERR_VALIDATION')
})

t.test('without an authenticator app, a passkey is no answer to a sign-in that waits', async t => {
  const { begin, complete, use, app, user } = await bothApplication(t)
  const { signInToken } = await begin()
  await app.fastAuth.clearSecondFactor(user.id)
  t.equal((await complete({ signInToken, credential: await use() })).statusCode, 200, 'it is both factors')
})

t.test('a user without a passkey is not offered one', async t => {
  const application = await confirmedApplication(t, { options: { secondFactor: 'offered' } })
  await setUpTotp(application, { at: noon })
  const { methods } = (await application.post('/sign-in', { ...ada, transport: 'token' })).json()
  t.strictSame(methods, ['totp', 'recoveryCode'])
})
