import t from 'tap'
import { setUpTotp, signInWithTotp } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const noon = Date.UTC(2026, 0, 1, 12)

t.test('if a second factor is required, a new user can only set it up, and then has a full session', async t => {
  const application = await testApplication(t, { signedIn: true, options: { secondFactor: 'required' } })
  const { app, accessToken, advance } = application
  const headers = bearer(accessToken)
  const me = () => app.inject({ url: '/auth/me', headers })
  refused(t, await me(), 403, 'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED')
  const state = await app.inject({ url: '/auth/second-factor', headers })
  t.strictSame(state.json(), { totp: null, recoveryCodesLeft: 0, required: true })
  const { secret } = await setUpTotp(application, { at: noon })
  advance(30)
  const signedIn = await signInWithTotp(app, { ...ada, secret, at: noon + 30_000 })
  t.equal((await signedIn.inject('/auth/me')).statusCode, 200)
})
