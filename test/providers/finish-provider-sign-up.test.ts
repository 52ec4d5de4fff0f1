import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type FastAuthOptions, SignUpRefusedError } from '../../lib/index.js'
import { setUpTotp } from '../../lib/testing/index.js'
import { ada as adaHere, bearer } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { embeddedAdapters } from '../support/adapters.js'
import { noon } from '../support/protected-application.js'
import { ben, fragmentOf, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

const profileSchema = Type.Object({ name: Type.String({ minLength: 1 }), city: Type.Optional(Type.String()) })
const profile = { name: 'Ben' }
const expired = 'FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED'

/** An application whose accounts need a name. */
function profileApplication(t: Test, options: Partial<FastAuthOptions> = {}) {
  return providerApplication(t, { options: { profileSchema, usernames: true, ...options } as Partial<FastAuthOptions> })
}

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a new user gives the required fields, and gets the account and a session then`, async t => {
    const { storage } = await open(t)
    const { browser, events, asked } = await profileApplication(t, { storage, migrate: true })
    const own = browser()
    t.same(fragmentOf(await own.signIn()), { status: 'sign_up_required' })
    t.equal(await own.user(), null)
    t.strictSame(events, [])
    t.notOk(asked().some(method => /signUp|create|open/.test(method)))
    const answer = await own.post('/sign-up/provider', { profile, username: 'Ben_1' })
    t.equal(answer.statusCode, 201)
    t.hasStrict(await own.user(), {
      ...{ email: ben.email, emailConfirmedAt: new Date(noon).toISOString(), profile, username: 'ben_1' },
    })
    t.hasStrict(events, [{ name: 'user_created' }, { name: 'authn_login_success' }])
    t.equal((await own.identities()).length, 1)
    refused(t, await own.post('/sign-up/provider', { profile }), 401, expired)
  })
}

t.test('with tokens, the sign-up goes on with the token of the response', async t => {
  const { app, browser, post, sendIdToken } = await profileApplication(t)
  const own = browser()
  const { code } = fragmentOf(await own.signIn(ben, { transport: 'token' }))
  const redeemed = await own.post('/providers/redeem', { code })
  t.equal(redeemed.statusCode, 202)
  const { signInToken, ...others } = redeemed.json()
  t.strictSame(others, { status: 'sign_up_required', expiresAt: new Date(noon + 600_000).toISOString() })
  const answer = await post('/sign-up/provider', { signInToken, profile })
  t.strictSame([answer.statusCode, answer.headers['set-cookie']], [201, undefined])
  const { accessToken } = answer.json()
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).json().user.profile.name, 'Ben')
  const native = await sendIdToken({ ...ben, sub: 'cyd', email: 'cyd@example.com' })
  t.equal(native.statusCode, 202)
  const ofNative = { signInToken: native.json().signInToken, profile }
  t.equal((await post('/sign-up/provider', ofNative)).statusCode, 201)
})

t.test('fields that are missing or unfit are refused, and the sign-up goes on', async t => {
  const { browser } = await profileApplication(t, { reservedUsernames: ['admin'] })
  const own = browser()
  await own.signIn()
  for (const body of [{}, { profile: {} }, { profile: { name: '' } }, { profile, username: 'no name!' }])
    refused(t, await own.post('/sign-up/provider', body), 400, 'FST_ERR_VALIDATION')
  t.equal((await own.post('/sign-up/provider', { profile })).statusCode, 201)
})

t.test('a user name that is taken is refused, and the sign-up goes on', async t => {
  const { app, browser } = await profileApplication(t)
  await app.fastAuth.createUser({ ...adaHere, username: 'ada', profile })
  const own = browser()
  await own.signIn()
  refused(t, await own.post('/sign-up/provider', { profile, username: 'Ada' }), 409, 'FAST_AUTH_USER_EXISTS')
  t.equal((await own.post('/sign-up/provider', { profile, username: 'ben' })).statusCode, 201)
})

t.test('an account that exists by now is not replaced', async t => {
  const { app, browser } = await profileApplication(t)
  const [own, other] = [browser(), browser()]
  await own.signIn()
  await other.signIn()
  t.equal((await own.post('/sign-up/provider', { profile })).statusCode, 201)
  refused(t, await other.post('/sign-up/provider', { profile }), 409, 'FAST_AUTH_ACCOUNT_EXISTS')
  await other.signIn({ ...ben, sub: 'cyd', email: 'cyd@example.com' })
  await app.fastAuth.createUser({ ...adaHere, email: 'cyd@example.com', profile })
  refused(t, await other.post('/sign-up/provider', { profile }), 409, 'FAST_AUTH_ACCOUNT_EXISTS')
})

t.test('a user who has signed in elsewhere and set up a second factor in the last moment begins again', async t => {
  const { storage, armed } = actingBefore('sessions.open')
  const { app, browser, sendIdToken } = await profileApplication(t, { storage, secondFactor: 'offered' })
  const own = browser()
  await own.signIn()
  armed.act = async () => {
    const { accessToken } = (await sendIdToken()).json()
    const inject: Parameters<typeof setUpTotp>[0]['inject'] = request =>
      app.inject({ ...(typeof request === 'string' ? { url: request } : request), headers: bearer(accessToken) })
    await setUpTotp({ inject }, { at: noon })
  }
  refused(t, await own.post('/sign-up/provider', { profile }), 401, expired)
  t.equal(await own.user(), null)
})

t.test('after ten minutes the sign-up has expired', async t => {
  const { browser, sendIdToken, post, advance } = await profileApplication(t)
  const own = browser()
  await own.signIn()
  const { signInToken } = (await sendIdToken()).json()
  advance(600)
  refused(t, await own.post('/sign-up/provider', { profile }), 401, expired)
  refused(t, await post('/sign-up/provider', { signInToken, profile }), 401, expired)
})

t.test('a sign-up is worth nothing by another transport, and a text that is no sign-up is not either', async t => {
  const { browser, sendIdToken, post } = await profileApplication(t)
  const own = browser()
  await own.signIn()
  const { signInToken } = (await sendIdToken()).json()
  const name = String((await own.cookies('/auth/sign-up/provider')).find(({ key }) => /sign_in$/.test(key))?.key)
  const value = (await own.cookies('/auth/sign-up/provider')).find(({ key }) => key === name)?.value
  refused(t, await post('/sign-up/provider', { signInToken: value, profile }), 401, expired)
  refused(t, await post('/sign-up/provider', { profile }, { cookie: `${name}=${signInToken}` }), 401, expired)
  refused(t, await post('/sign-up/provider', { signInToken: 'nothing', profile }), 401, expired)
  refused(t, await post('/sign-up/provider', { profile }), 401, expired)
})

t.test('of several sign-ups in the cookies of a browser, the newest goes on', async t => {
  const { browser, post, advance, app } = await profileApplication(t)
  const values: string[] = []
  for (const sub of ['cyd', 'dan']) {
    const own = browser()
    await own.signIn({ ...ben, sub, email: `${sub}@example.com` })
    const cookie = (await own.cookies('/auth/sign-up/provider')).find(({ key }) => /sign_in$/.test(key))
    values.push(String(cookie?.cookieString()))
    advance(1)
  }
  const cookie = values.join('; ')
  t.equal((await post('/sign-up/provider', { profile }, { cookie, 'sec-fetch-site': 'same-origin' })).statusCode, 201)
  t.ok(await app.fastAuth.findUser({ email: 'dan@example.com' }))
  t.equal(await app.fastAuth.findUser({ email: 'cyd@example.com' }), null)
})

t.test('a sign-up that another site sends is refused', async t => {
  const { browser } = await profileApplication(t)
  const own = browser()
  await own.signIn()
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const request = { method: 'POST', url: '/auth/sign-up/provider', payload: { profile }, headers } as const
  refused(t, await own.send(request), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('an application that refuses the sign-up creates no user', async t => {
  const storage = memoryStorage()
  const hooks = { beforeSignUp: () => Promise.reject(new SignUpRefusedError('By invitation only')) }
  const { browser } = await profileApplication(t, { storage, hooks })
  const own = browser()
  await own.signIn()
  refused(t, await own.post('/sign-up/provider', { profile }), 403, 'FAST_AUTH_SIGN_UP_REFUSED')
  t.equal(await storage.users.findByEmail({ email: ben.email }), null)
})

t.test('what the provider says beside the identity makes neither the cookie nor the stored result longer', async t => {
  const storage = memoryStorage()
  const settle = storage.providerFlows.settle
  const results: string[] = []
  storage.providerFlows.settle = request => {
    results.push(request.result)
    return settle(request)
  }
  const { browser } = await profileApplication(t, { storage })
  const own = browser()
  const email = `${'b'.repeat(64)}@${'c'.repeat(60)}.${'d'.repeat(60)}.example`
  const long = { sub: 's'.repeat(255), email, name: 'n'.repeat(200), picture: `https://e.example/${'p'.repeat(1900)}` }
  t.same(fragmentOf(await own.signIn({ ...ben, ...long })), { status: 'sign_up_required' })
  const cookies = await own.cookies('/auth/sign-up/provider')
  t.ok(cookies.every(cookie => cookie.cookieString().length < 2048))
  t.ok(results.every(({ length }) => length < 2048))
  t.equal((await own.post('/sign-up/provider', { profile })).statusCode, 201)
})

t.test('without required fields, the route does not exist', async t => {
  const { app } = await profileApplication(t, { profileSchema: Type.Object({ name: Type.Optional(Type.String()) }) })
  t.notOk(app.hasRoute({ method: 'POST', url: '/auth/sign-up/provider' }))
})
