import t from 'tap'
import { setUpTotp, signInWithTotp, totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const noon = Date.UTC(2026, 0, 1, 12)

t.test('a user sets up an authenticator app, and signs in with its code', async t => {
  const application = await testApplication(t, { signedIn: true, mail: true, options: { secondFactor: 'offered' } })
  const { app, advance, post, mailbox } = application
  const { secret, recoveryCodes } = await setUpTotp(application, { at: noon })
  t.equal(recoveryCodes.length, 10)
  const { subject } = await mailbox.waitForMessage(ada.email)
  t.match(subject, /second factor/)

  const first = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(first.statusCode, 202)
  const { signInToken, ...waiting } = first.json()
  t.strictSame(waiting, {
    status: 'second_factor_required',
    methods: ['totp', 'recoveryCode'],
    expiresAt: new Date(noon + 600_000).toISOString(),
  })
  const used = await post('/sign-in/second-factor', { signInToken, code: totpCode(secret, noon) })
  refused(t, used, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  advance(30)
  const signedIn = await post('/sign-in/second-factor', { signInToken, code: totpCode(secret, noon + 30_000) })
  t.equal(signedIn.statusCode, 200)
  const claims = JSON.parse(Buffer.from(signedIn.json().accessToken.split('.')[1], 'base64url').toString())
  t.strictSame(claims.amr, ['pwd', 'otp', 'mfa'])

  advance(30)
  const browser = await signInWithTotp(app, { ...ada, secret, at: noon + 60_000, transport: 'cookie' })
  t.equal((await browser.inject('/auth/me')).statusCode, 200)
  const state = await browser.inject('/auth/second-factor')
  t.strictSame(state.json(), {
    totp: { confirmedAt: new Date(noon).toISOString() },
    recoveryCodesLeft: 10,
    required: false,
  })
  const { signInToken: third } = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  const byCode = await post('/sign-in/second-factor', { signInToken: third, recoveryCode: recoveryCodes[3] })
  t.equal(byCode.statusCode, 200)
  refused(
    t,
    await post('/sign-in/second-factor', { signInToken: third, recoveryCode: recoveryCodes[3] }),
    401,
    'FAST_AUTH_SECOND_FACTOR_INVALID',
  )
  const removed = await app.inject({
    method: 'DELETE',
    url: '/auth/second-factor/totp',
    headers: bearer(byCode.json().accessToken),
  })
  t.equal(removed.statusCode, 204)
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})
