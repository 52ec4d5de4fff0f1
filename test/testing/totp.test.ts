import t from 'tap'
import { setUpTotp, signInUser, signInWithTotp, signUpUser, totpCode } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { testApplication } from '../support/test-application.js'

const secondFactor = { secondFactor: 'offered' } as const

t.test('a code is that of RFC 6238 for a secret in Base32, at any time', async t => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  t.equal(totpCode(secret, 59_000), '287082')
  t.equal(totpCode(secret.toLowerCase(), 1_111_111_109_000), '081804')
  t.match(totpCode(secret), /^\d{6}$/)
  t.throws(() => totpCode('not Base32!'), TypeError)
})

t.test('a user sets up an app, and signs in with it, with tokens and with cookies', async t => {
  const { app, advance } = await testApplication(t, { options: secondFactor })
  const user = await signUpUser(app, ada)
  const { secret, recoveryCodes } = await setUpTotp(user, { at: noon })
  t.equal(recoveryCodes.length, 10)
  advance(30)
  const withTokens = await signInWithTotp(app, { ...ada, secret, at: noon + 30_000 })
  t.type(withTokens.refreshToken, 'string')
  t.equal(withTokens.user.id, user.user.id)
  t.equal((await withTokens.inject('/auth/me')).statusCode, 200)
  advance(30)
  const browser = await signInWithTotp(app, { ...ada, secret, at: noon + 60_000, transport: 'cookie' })
  t.notOk('accessToken' in browser)
  t.equal((await browser.inject('/auth/me')).statusCode, 200)
})

t.test('without a time, the present one counts, and another prefix is used', async t => {
  const prefix = '/accounts'
  const { app } = await testApplication(t, { options: { ...secondFactor, prefix, clock: Date.now } })
  const user = await signUpUser(app, { ...ada, prefix })
  const { secret } = await setUpTotp(user, { prefix })
  const later = Date.now() + 30_000
  const signedIn = await signInWithTotp(app, { ...ada, secret, prefix, at: later })
  t.equal((await signedIn.inject(`${prefix}/me`)).statusCode, 200)
  await t.rejects(signInWithTotp(app, { ...ada, secret, prefix }), { message: /second factor answered 401/ })
})

t.test('a refused setup rejects with status and code', async t => {
  const { app, advance } = await testApplication(t, { options: secondFactor })
  const user = await signUpUser(app, ada)
  await t.rejects(setUpTotp(user, { at: noon - 600_000 }), {
    message: 'confirmTotp answered 401: FAST_AUTH_SECOND_FACTOR_INVALID',
  })
  advance(301)
  await t.rejects(setUpTotp(user, { at: noon }), {
    message: 'startTotp answered 403: FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
  })
})

t.test('a refused sign-in rejects with status and code, and without the code of the app', async t => {
  const { app } = await testApplication(t, { options: secondFactor })
  const { secret } = await setUpTotp(await signUpUser(app, ada), { at: noon })
  const refusal = await signInWithTotp(app, { ...ada, secret, at: noon }).catch(error => error)
  t.match(refusal.message, /^The second factor answered 401: FAST_AUTH_SECOND_FACTOR_INVALID: /)
  t.notMatch(refusal.message, totpCode(secret, noon))
  const wrong = signInWithTotp(app, { ...ada, password: 'incorrect horse', secret })
  await t.rejects(wrong, { message: /^Sign-in answered 401: FAST_AUTH_INVALID_CREDENTIALS/ })
  await t.rejects(signInUser(app, ada), { message: 'Sign-in answered 202' })
})
