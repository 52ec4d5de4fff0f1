import t from 'tap'
import { ada, bearer } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a user without a second factor has none', async t => {
  const { inject, calls } = await testApplication(t, { signedIn: true, options: { secondFactor: 'offered' } })
  const answer = await inject('/auth/second-factor')
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { totp: null, recoveryCodesLeft: 0, required: false })
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(calls, ['secondFactors.find'])
})

t.test('an app that is not confirmed is no second factor', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: { secondFactor: 'offered' } })
  await inject({ method: 'POST', url: '/auth/second-factor/totp' })
  t.equal((await inject('/auth/second-factor')).json().totp, null)
})

t.test('a user learns when the app was confirmed and how many codes are left, and no secret', async t => {
  const { session, signIn, recoveryCodes, secret } = await protectedApplication(t)
  await signIn({ recoveryCode: recoveryCodes[0] })
  const answer = await (await session()).send('GET', '/second-factor')
  t.strictSame(answer.json(), {
    totp: { confirmedAt: new Date(noon).toISOString() },
    recoveryCodesLeft: 9,
    required: false,
  })
  t.notMatch(answer.body, secret)
})

t.test('a user learns that the application requires a second factor, before they have one', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: { secondFactor: 'required' } })
  const answer = await inject('/auth/second-factor')
  t.strictSame([answer.statusCode, answer.json().required], [200, true])
})

t.test('neither a visitor nor an API key learns about second factors', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { secondFactor: 'offered' } })
  const { key } = await owner.make()
  const url = '/auth/second-factor'
  refused(t, await app.inject(url), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ url, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.equal((await app.inject({ url, headers: bearer(owner.accessToken) })).statusCode, 200)
})

t.test('a query is refused', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: { secondFactor: 'offered' } })
  refused(t, await inject(`/auth/second-factor?email=${ada.email}`), 400, 'FST_ERR_VALIDATION')
})
