import t from 'tap'
import { bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { ben, fragmentOf, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

const invalid = 'FAST_AUTH_PROVIDER_CODE_INVALID'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a code gives the tokens of the session once`, async t => {
    const { storage } = await open(t)
    const { app, browser } = await providerApplication(t, { options: { storage, migrate: true } })
    const own = browser()
    const answer = await own.signIn(ben, { transport: 'token', returnTo: '/app' })
    t.match(answer.headers.location, /^https:\/\/app\.example\.com\/app#code=[\w-]+$/)
    t.equal(answer.headers['set-cookie'], undefined)
    const { code } = fragmentOf(answer)
    const redeemed = await own.post('/providers/redeem', { code })
    t.equal(redeemed.statusCode, 200)
    t.equal(redeemed.headers['set-cookie'], undefined)
    const { accessToken, refreshToken, user } = redeemed.json()
    t.equal(user.email, ben.email)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
    const refresh = { method: 'POST', url: '/auth/refresh', payload: { refreshToken } } as const
    t.equal((await app.inject(refresh)).statusCode, 200)
    refused(t, await own.post('/providers/redeem', { code }), 401, invalid)
  })

  t.test(`in ${name} of five requests with one code at the same time one gets the tokens`, async t => {
    const { storage } = await open(t)
    const { browser } = await providerApplication(t, { options: { storage, migrate: true } })
    const own = browser()
    const { code } = fragmentOf(await own.signIn(ben, { transport: 'token' }))
    const answers = await Promise.all(Array.from({ length: 5 }, () => own.post('/providers/redeem', { code })))
    t.strictSame(answers.map(({ statusCode }) => statusCode).toSorted(), [200, 401, 401, 401, 401])
  })
}

t.test('two visits of the callback have two codes, of which the first one used is the last', async t => {
  const { browser, provider } = await providerApplication(t)
  const own = browser()
  const parameters = provider.approve(await own.start({ transport: 'token' }), ben)
  const [first, second] = [await own.callback(parameters), await own.callback(parameters)].map(fragmentOf)
  t.equal((await own.post('/providers/redeem', { code: second?.code })).statusCode, 200)
  refused(t, await own.post('/providers/redeem', { code: first?.code }), 401, invalid)
})

t.test('the code is worth nothing in another browser, and is not used up there', async t => {
  const { browser, post } = await providerApplication(t)
  const [own, other] = [browser(), browser()]
  const { code } = fragmentOf(await own.signIn(ben, { transport: 'token' }))
  refused(t, await post('/providers/redeem', { code }), 401, invalid)
  await other.start({ transport: 'token' })
  refused(t, await other.post('/providers/redeem', { code }), 401, invalid)
  t.equal((await own.post('/providers/redeem', { code })).statusCode, 200)
})

t.test('the code is worth nothing after a minute, and a text that is no code is not either', async t => {
  const { browser, advance } = await providerApplication(t)
  const own = browser()
  const { code } = fragmentOf(await own.signIn(ben, { transport: 'token' }))
  refused(t, await own.post('/providers/redeem', { code: 'no code' }), 401, invalid)
  advance(60)
  refused(t, await own.post('/providers/redeem', { code }), 401, invalid)
  const late = fragmentOf(await own.signIn(ben, { transport: 'token' }))
  advance(59)
  t.equal((await own.post('/providers/redeem', { code: late.code })).statusCode, 200)
})

t.test('the code of a session that has ended gives no tokens', async t => {
  const { app, browser } = await providerApplication(t)
  const own = browser()
  const { code } = fragmentOf(await own.signIn(ben, { transport: 'token' }))
  const user = await app.fastAuth.findUser({ email: ben.email })
  await app.fastAuth.disableUser(String(user?.id))
  refused(t, await own.post('/providers/redeem', { code }), 401, invalid)
})

t.test('a code that a page of another site sends is refused', async t => {
  const { browser } = await providerApplication(t)
  const own = browser()
  const { code } = fragmentOf(await own.signIn(ben, { transport: 'token' }))
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const answer = await own.send({ method: 'POST', url: '/auth/providers/redeem', payload: { code }, headers })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a refusal has no code to redeem', async t => {
  const { browser, provider } = await providerApplication(t)
  const own = browser()
  const answer = await own.callback(provider.deny(await own.start({ transport: 'token' })))
  t.same(fragmentOf(answer), { error: 'FAST_AUTH_PROVIDER_DENIED' })
})

t.test('the transport of the application is that of sign-ins that name none', async t => {
  const { browser } = await providerApplication(t, { options: { transport: 'token' } })
  const own = browser()
  t.match(fragmentOf(await own.signIn()), { code: /^.+$/ })
  t.same(fragmentOf(await own.signIn(ben, { transport: 'cookie' })), {})
  t.ok(await own.user())
})
