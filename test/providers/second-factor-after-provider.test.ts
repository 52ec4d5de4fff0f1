import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, signInUser, totpCode } from '../../lib/testing/index.js'
import { ada as adaHere } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { claimsOf } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { adaThere, fragmentOf, invalidAnswer, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

/** An application in which Ada has linked the provider, and has an authenticator app. */
async function protectedProvider(t: Test, options: Partial<FastAuthOptions> = {}) {
  const application = await providerApplication(t, { options: { secondFactor: 'offered', ...options } })
  const { app, ada, advance, events, mailbox } = application
  const hers = await ada()
  await hers.link()
  const userId = (await hers.user())?.id
  const { secret } = await setUpTotp(await signInUser(app, adaHere), { at: noon })
  await mailbox.waitForMessage(adaHere.email)
  advance(30)
  events.length = 0
  return { ...application, userId, code: () => totpCode(secret, application.now()) }
}

t.test('a user with a second factor gets the way to give it, and no session before', async t => {
  const { browser, userId, events, code } = await protectedProvider(t)
  const own = browser()
  const answer = await own.signIn(adaThere)
  t.same(fragmentOf(answer), { status: 'second_factor_required', methods: 'totp,recoveryCode' })
  t.equal(await own.user(), null)
  t.hasStrict(events, [{ name: 'authn_second_factor_due', userId, sessionId: null }])
  const done = await own.post('/sign-in/second-factor', { code: code() })
  t.equal(done.statusCode, 200)
  t.equal((await own.user())?.id, userId)
})

t.test('a second visit of the callback waits for the second factor too', async t => {
  const { browser, provider, code } = await protectedProvider(t)
  const own = browser()
  const parameters = provider.approve(await own.start(), adaThere)
  const [first, second] = [await own.callback(parameters), await own.callback(parameters)]
  t.same(fragmentOf(second), fragmentOf(first))
  t.equal((await own.post('/sign-in/second-factor', { code: code() })).statusCode, 200)
})

t.test('with tokens, the code gives the token for the second factor', async t => {
  const { browser, post, code } = await protectedProvider(t)
  const own = browser()
  const fragment = fragmentOf(await own.signIn(adaThere, { transport: 'token' }))
  const answer = await own.post('/providers/redeem', { code: fragment.code })
  t.equal(answer.statusCode, 202)
  t.equal(answer.headers['set-cookie'], undefined)
  const { signInToken, ...others } = answer.json()
  const expiresAt = new Date(noon + 630_000).toISOString()
  t.strictSame(others, { status: 'second_factor_required', methods: ['totp', 'recoveryCode'], expiresAt })
  const done = await post('/sign-in/second-factor', { signInToken, code: code() })
  t.equal(done.statusCode, 200)
  t.strictSame(claimsOf(done.json().accessToken).amr, ['otp', 'mfa'])
})

t.test('a native app gets the token for the second factor', async t => {
  const { sendIdToken, post, code } = await protectedProvider(t)
  const answer = await sendIdToken(adaThere)
  t.equal(answer.statusCode, 202)
  const { signInToken } = answer.json()
  t.equal((await post('/sign-in/second-factor', { signInToken, code: code() })).statusCode, 200)
})

t.test('a native app with cookies gives the second factor with its cookie', async t => {
  const { browser, provider, code } = await protectedProvider(t)
  const own = browser()
  const answer = await own.post('/sign-in/acme/token', { idToken: provider.idToken(adaThere, 'n'), nonce: 'n' })
  t.strictSame([answer.statusCode, 'signInToken' in answer.json()], [202, false])
  t.equal((await own.post('/sign-in/second-factor', { code: code() })).statusCode, 200)
})

t.test('the tokens of the provider are handed over once, at the first factor', async t => {
  const called: unknown[] = []
  const hooks = { onProviderTokens: (context: unknown) => void called.push(context) }
  const { browser, code } = await protectedProvider(t, { hooks })
  called.length = 0
  const own = browser()
  await own.signIn(adaThere)
  await own.post('/sign-in/second-factor', { code: code() })
  t.equal(called.length, 1)
})

t.test('an identity that is unlinked between the steps ends the sign-in', async t => {
  const { browser, code, advance } = await protectedProvider(t)
  const [own, hers] = [browser(), browser()]
  await own.signIn(adaThere)
  await hers.post('/sign-in', { ...adaHere, transport: 'cookie' })
  await hers.post('/sign-in/second-factor', { code: code() })
  advance(30)
  const [identity] = await hers.identities()
  t.equal((await hers.remove(`/identities/${identity?.id}`)).statusCode, 204)
  refused(t, await own.post('/sign-in/second-factor', { code: code() }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
})

t.test('an identity that is unlinked in the last moment signs no user in', async t => {
  const { storage, armed, right } = actingBefore('sessions.open')
  const { ada, browser, events } = await providerApplication(t, { options: { storage } })
  const hers = await ada()
  await hers.link()
  const [identity] = await hers.identities()
  const userId = String((await hers.user())?.id)
  const { items } = (await hers.get('/sessions')).json()
  events.length = 0
  armed.act = () =>
    right.identities.unlink({
      ...{ identityId: String(identity?.id), userId, now: noon, messages: [] },
      asking: { sessionId: items[0].id, now: noon },
    })
  const own = browser()
  t.same(fragmentOf(await own.signIn(adaThere)), { error: invalidAnswer })
  t.equal(await own.user(), null)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_provider_answer', userId }])
})
