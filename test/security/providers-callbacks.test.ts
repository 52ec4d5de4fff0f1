import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada } from '../support/account.js'
import { adaThere, ben, fragmentOf, invalidFlow, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { otherSecret } from '../support/secret.js'

const invalidCode = 'FAST_AUTH_PROVIDER_CODE_INVALID'
/** Mallory has an account at the provider, and an own one at the application. */
const mallory = { sub: 'mallory-there', email: 'mallory@example.com', email_verified: true } as const

/** An application, the browser of a victim, and that of an attacker. */
async function victimAndAttacker(t: Test, settings: Parameters<typeof providerApplication>[1] = {}) {
  const tested = await providerApplication(t, settings)
  return { ...tested, victim: tested.browser(), attacker: tested.browser() }
}

const flowName = '__Host-provider_flow'

t.test('a victim who opens the callback of an attacker is not signed in as the attacker', async t => {
  const { provider, victim, attacker, events } = await victimAndAttacker(t)
  const parameters = provider.approve(await attacker.start(), mallory)
  const answer = await victim.callback(parameters)
  t.strictSame(fragmentOf(answer), { error: invalidFlow })
  t.equal(answer.headers['set-cookie'], undefined)
  t.equal(await victim.user(), null)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'unknown_provider_flow' }])
  t.notOk(provider.server.paths().includes('/token'), 'the code is not spent')
})

t.test('a victim with a sign-in under way is not signed in by the callback of an attacker either', async t => {
  const { provider, victim, attacker } = await victimAndAttacker(t)
  const own = await victim.start()
  const parameters = provider.approve(await attacker.start(), mallory)
  t.strictSame(fragmentOf(await victim.callback(parameters)), { error: invalidFlow })
  await victim.callback(provider.approve(own, ben))
  t.equal((await victim.user())?.email, ben.email)
})

t.test(
  'the code of an attacker with the state of the victim proves nothing: PKCE and the nonce belong to one flow',
  async t => {
    const { provider, victim, attacker } = await victimAndAttacker(t)
    const parameters = provider.approve(await attacker.start(), mallory)
    parameters.set('state', String((await victim.start()).searchParams.get('state')))
    t.strictSame(fragmentOf(await victim.callback(parameters)), { error: 'FAST_AUTH_PROVIDER_ANSWER_INVALID' })
    t.equal(await victim.user(), null)
  },
)

t.test('a callback with a wrong, missing, doubled or shortened state is refused', async t => {
  const { provider, victim } = await victimAndAttacker(t)
  const right = provider.approve(await victim.start(), ben)
  const state = String(right.get('state'))
  for (const wrong of ['', 'x', state.slice(1), `${state}x`, state.toUpperCase(), 'undefined', 'null', '*']) {
    const parameters = new URLSearchParams(right)
    parameters.set('state', wrong)
    t.strictSame(fragmentOf(await victim.callback(parameters)), { error: invalidFlow }, wrong)
  }
  const without = new URLSearchParams(right)
  without.delete('state')
  t.strictSame(fragmentOf(await victim.callback(without)), { error: invalidFlow })
  const doubled = new URLSearchParams(right)
  doubled.append('state', 'x')
  const unprintable = new URLSearchParams({ ...Object.fromEntries(right), state: `${state}\u0000` })
  for (const wrong of [doubled, unprintable]) t.equal((await victim.callback(wrong)).statusCode, 400)
  t.equal(await victim.user(), null)
  t.notOk(provider.server.paths().includes('/token'))
})

t.test('a flow of one provider is refused at the callback of another', async t => {
  const { provider, others, victim } = await victimAndAttacker(t, { others: [{ name: 'evil' }] })
  const [evil] = others
  if (evil === undefined) throw new Error('There is no other provider')
  const ofAcme = provider.approve(await victim.start(), ben)
  t.strictSame(fragmentOf(await victim.callback(ofAcme, evil)), { error: invalidFlow })
  const ofEvil = evil.approve(await victim.start({}, evil), ben)
  t.strictSame(fragmentOf(await victim.callback(ofEvil, provider)), { error: invalidFlow })
  for (const { server } of [provider, evil]) t.notOk(server.paths().includes('/token'), 'no code leaves')
  t.equal(await victim.user(), null)
})

t.test('a callback that names another issuer is refused, and its code is sent to no server', async t => {
  const { provider, victim } = await victimAndAttacker(t)
  const parameters = provider.approve(await victim.start(), ben)
  parameters.set('iss', 'https://evil.example')
  t.strictSame(fragmentOf(await victim.callback(parameters)), { error: 'FAST_AUTH_PROVIDER_ANSWER_INVALID' })
  t.notOk(provider.server.paths().includes('/token'))
})

t.test('a page of another site cannot begin a sign-in in the browser of a victim', async t => {
  const { post, provider } = await victimAndAttacker(t)
  for (const site of ['cross-site', 'same-site']) {
    const answer = await post('/sign-in/acme', {}, { 'sec-fetch-site': site })
    refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  }
  t.strictSame(provider.server.requests, [])
})

t.test('a callback that is visited again after the sign-out signs no user in', async t => {
  const { provider, victim } = await victimAndAttacker(t)
  const parameters = provider.approve(await victim.start(), ben)
  await victim.callback(parameters)
  t.equal((await victim.user())?.email, ben.email)
  t.equal((await victim.post('/sign-out', {})).statusCode, 204)
  const again = await victim.callback(parameters)
  t.strictSame(fragmentOf(again), { error: invalidFlow })
  t.equal(again.headers['set-cookie'], undefined)
  t.equal(await victim.user(), null)
})

t.test('a callback that is visited again after the account was disabled or deleted signs no user in', async t => {
  for (const end of ['disableUser', 'deleteUser'] as const) {
    const { app, provider, victim } = await victimAndAttacker(t)
    const parameters = provider.approve(await victim.start(), ben)
    await victim.callback(parameters)
    await app.fastAuth[end]((await victim.user())?.id ?? '')
    t.strictSame(fragmentOf(await victim.callback(parameters)), { error: invalidFlow }, end)
    t.equal(await victim.user(), null)
  }
})

t.test('a callback is worth nothing ten minutes after the sign-in began, though its session lives', async t => {
  const { provider, victim, advance } = await victimAndAttacker(t)
  const parameters = provider.approve(await victim.start(), ben)
  await victim.callback(parameters)
  advance(600)
  const again = await victim.callback(parameters)
  t.strictSame(fragmentOf(again), { error: invalidFlow })
  t.equal(again.headers['set-cookie'], undefined)
})

t.test('a flow of another server is worth nothing, also on the same storage', async t => {
  const storage = memoryStorage()
  const { browser, provider } = await providerApplication(t, { options: { storage } })
  const secrets: [string] = [otherSecret]
  const other = await providerApplication(t, { options: { storage, secrets } })
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  const cookie = (await own.cookies('/auth/')).map(String).join('; ')
  const answer = await other.app.inject({ url: `/auth/providers/acme/callback?${parameters}`, headers: { cookie } })
  t.strictSame(fragmentOf(answer), { error: invalidFlow })
})

t.test('a page that got the code of an attacker in its URL cannot sign in with it', async t => {
  const { provider, victim, attacker } = await victimAndAttacker(t)
  const parameters = provider.approve(await attacker.start({ transport: 'token' }), mallory)
  const { code } = fragmentOf(await attacker.callback(parameters))
  refused(t, await victim.post('/providers/redeem', { code }), 401, invalidCode)
  await victim.start({ transport: 'token' })
  refused(t, await victim.post('/providers/redeem', { code }), 401, invalidCode)
  t.equal((await attacker.post('/providers/redeem', { code })).json().user.email, mallory.email)
})

t.test('a code that another site has read is worth nothing without the cookie of the browser', async t => {
  const { provider, victim, post } = await victimAndAttacker(t)
  const parameters = provider.approve(await victim.start({ transport: 'token' }), ben)
  const { code } = fragmentOf(await victim.callback(parameters))
  refused(t, await post('/providers/redeem', { code }), 401, invalidCode)
  const cookie = (await victim.cookies('/auth/')).map(String).join('; ')
  const site = await post('/providers/redeem', { code }, { cookie, 'sec-fetch-site': 'cross-site' })
  refused(t, site, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('of many concurrent redemptions of one code, one gets tokens', async t => {
  const { provider, victim } = await victimAndAttacker(t)
  const parameters = provider.approve(await victim.start({ transport: 'token' }), ben)
  const { code } = fragmentOf(await victim.callback(parameters))
  const answers = await Promise.all(Array.from({ length: 8 }, () => victim.post('/providers/redeem', { code })))
  t.strictSame(answers.map(({ statusCode }) => statusCode).toSorted(), [200, ...Array(7).fill(401)])
})

t.test('a flow for tokens sets no cookie of a session, and a flow for cookies gives no code', async t => {
  const { provider, victim } = await victimAndAttacker(t)
  const forTokens = await victim.signIn(ben, { transport: 'token' })
  t.equal(forTokens.headers['set-cookie'], undefined)
  t.strictSame(Object.keys(fragmentOf(forTokens)), ['code'])
  const forCookies = await victim.callback(provider.approve(await victim.start(), ben))
  t.strictSame(fragmentOf(forCookies), {})
})

t.test('a new sign-in replaces the cookie of the flow, and the older one ends', async t => {
  const { provider, victim } = await victimAndAttacker(t)
  const older = provider.approve(await victim.start(), ben)
  await victim.start()
  t.strictSame(fragmentOf(await victim.callback(older)), { error: invalidFlow })
})

t.test('the cookie of a flow is out of reach of scripts, of other sites and of other hosts', async t => {
  const { post } = await victimAndAttacker(t, { options: { cookies: { sameSite: 'strict' } } })
  const [cookie, ...others] = (await post('/sign-in/acme', {})).cookies
  t.strictSame(others, [])
  t.match(cookie, { name: flowName, httpOnly: true, secure: true, sameSite: 'Lax', path: '/', maxAge: 600 })
  t.notOk('domain' in Object(cookie))
})

t.test('a user who was signed in as another one keeps no session of the former', async t => {
  const { ada: adaIn, provider, app } = await victimAndAttacker(t)
  const hers = await adaIn()
  const before = (await hers.user())?.id
  await hers.callback(provider.approve(await hers.start(), ben))
  t.equal((await hers.user())?.email, ben.email)
  t.not((await hers.user())?.id, before)
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-in', payload: ada })).statusCode, 200)
})

t.test('an identity that the provider knows by another address stays with its account', async t => {
  const { ada: adaIn, attacker } = await victimAndAttacker(t)
  await adaIn()
  await attacker.signIn(mallory)
  const { id } = (await attacker.user()) ?? {}
  await attacker.signIn({ ...mallory, email: adaThere.email })
  t.equal((await attacker.user())?.id, id)
  t.equal((await attacker.user())?.email, mallory.email)
})
