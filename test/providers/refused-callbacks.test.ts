import t from 'tap'
import {
  adaThere,
  ben,
  fragmentOf,
  invalidAnswer,
  invalidFlow,
  providerApplication,
} from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'

const unavailable = 'FAST_AUTH_PROVIDER_UNAVAILABLE'

t.test('a user who cancels at the provider is back at the page, with the code, and there is no event', async t => {
  const { browser, provider, events } = await providerApplication(t)
  const own = browser()
  const answer = await own.callback(provider.deny(await own.start({ returnTo: '/sign-in?lang=de' })))
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, `${publicUrl}/sign-in?lang=de#error=FAST_AUTH_PROVIDER_DENIED`)
  t.strictSame(events, [])
  t.equal(answer.headers['set-cookie'], undefined)
})

t.test('an answer that proves nothing has one code for clients, and its reason in an event', async t => {
  const { browser, provider, events } = await providerApplication(t)
  for (const [claims, detail] of [
    [{ ...ben, nonce: 'of another' }, 'nonce'],
    [{ ...ben, aud: 'another-app' }, 'audience'],
    [{ ...ben, iss: 'https://evil.example' }, 'issuer'],
    [{ ...ben, exp: 1 }, 'expired'],
  ] as const) {
    const own = browser()
    const answer = await own.callback(provider.approve(await own.start(), claims))
    t.same(fragmentOf(answer), { error: invalidAnswer })
    t.equal(answer.headers['set-cookie'], undefined)
    const event = { name: 'provider_failed', reason: 'answer_invalid', provider: 'acme', userId: null }
    t.hasStrict(events.splice(0), [{ ...event, detail }])
  }
})

t.test('a code that the provider does not know is refused', async t => {
  const { browser, provider, events } = await providerApplication(t)
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  parameters.set('code', 'a-code-of-another')
  t.same(fragmentOf(await own.callback(parameters)), { error: invalidAnswer })
  t.hasStrict(events, [{ detail: 'code_refused' }])
})

t.test('after ten minutes the flow has expired, and the browser is at the default page', async t => {
  const { browser, provider, events, advance } = await providerApplication(t, {
    options: { identities: { returnTo: '/sign-in' } },
  })
  const own = browser()
  const [late, early] = [await own.start({ returnTo: '/account' }), await own.start({ returnTo: '/account' })]
  advance(599)
  t.equal((await own.callback(provider.approve(early, ben))).headers.location, `${publicUrl}/account`)
  const other = browser()
  const url = await other.start({ returnTo: '/account' })
  events.length = 0
  advance(600)
  const answer = await other.callback(provider.approve(url, ben))
  t.equal(answer.headers.location, `${publicUrl}/sign-in#error=${invalidFlow}`)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'unknown_provider_flow', userId: null }])
  t.same(fragmentOf(await own.callback(provider.approve(late, ben))), { error: invalidFlow })
})

t.test('a callback without a flow, or with a state that is missing or wrong, signs no user in', async t => {
  const { browser, provider } = await providerApplication(t)
  const own = browser()
  t.same(fragmentOf(await own.callback(new URLSearchParams({ code: 'x', state: 'y' }))), { error: invalidFlow })
  const parameters = provider.approve(await own.start(), ben)
  const code = String(parameters.get('code'))
  t.same(fragmentOf(await own.callback(new URLSearchParams({ code }))), { error: invalidFlow })
  t.same(fragmentOf(await own.callback(new URLSearchParams({ code, state: 'wrong' }))), { error: invalidFlow })
  t.equal(await own.user(), null)
  t.equal((await own.callback(parameters)).headers.location, `${publicUrl}/`, 'the flow itself is untouched')
})

t.test('a cookie with another text is no flow, and does not hide the right one', async t => {
  const { app, browser, provider } = await providerApplication(t)
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  const url = `/auth/providers/acme/callback?${parameters}`
  const [flow] = (await own.cookies(url)).filter(({ key }) => key.endsWith('provider_flow'))
  const send = (cookie: string) => app.inject({ url, headers: { cookie } })
  t.same(fragmentOf(await send(`${flow?.key}=nothing`)), { error: invalidFlow })
  const answer = await send(`${flow?.key}=nothing; ${flow?.cookieString()}`)
  t.equal(answer.headers.location, `${publicUrl}/`)
})

t.test('only the newest flow of a browser goes on', async t => {
  const { browser, provider } = await providerApplication(t)
  const own = browser()
  const [first, second] = [await own.start(), await own.start()]
  t.same(fragmentOf(await own.callback(provider.approve(first, ben))), { error: invalidFlow })
  t.equal((await own.callback(provider.approve(second, ben))).headers.location, `${publicUrl}/`)
})

t.test('a provider that is down at the start is 503, sets no cookie and asks the storage for nothing', async t => {
  const { browser, provider, events, asked } = await providerApplication(t)
  provider.setDown(true)
  const own = browser()
  refused(t, await own.post('/sign-in/acme', {}), 503, unavailable)
  t.hasStrict(events, [{ name: 'provider_failed', reason: 'unavailable', provider: 'acme', detail: 'status' }])
  t.strictSame(asked(), [])
})

t.test('a provider that is down at the callback is a code in the fragment, and no session', async t => {
  const { browser, provider, events } = await providerApplication(t)
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  provider.setDown(true)
  const answer = await own.callback(parameters)
  t.same(fragmentOf(answer), { error: unavailable })
  t.equal(answer.headers['set-cookie'], undefined)
  t.hasStrict(events, [{ name: 'provider_failed', reason: 'unavailable', detail: 'status' }])
  provider.setDown(false)
  t.equal((await own.signIn()).headers.location, `${publicUrl}/`)
})

t.test('a provider that is down while a session links is an event of this session', async t => {
  const { ada, provider, events } = await providerApplication(t)
  const hers = await ada()
  provider.setDown(true)
  refused(t, await hers.post('/identities/acme/link', {}), 503, unavailable)
  const { id } = (await hers.user()) ?? {}
  const [event] = events
  t.hasStrict(event, { name: 'provider_failed', userId: id })
  t.type(event?.sessionId, 'string')
})

t.test('a provider that is unknown is refused, and so is a body with other fields', async t => {
  const { browser } = await providerApplication(t)
  const own = browser()
  refused(t, await own.post('/sign-in/other', {}), 400, 'FST_ERR_VALIDATION')
  refused(t, await own.post('/sign-in/acme', { prompt: 'none' }), 400, 'FST_ERR_VALIDATION')
  refused(t, await own.get('/providers/other/callback?code=x'), 400, 'FST_ERR_VALIDATION')
})

t.test('a sign-in that another site begins is refused', async t => {
  const { browser } = await providerApplication(t)
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const answer = await browser().send({ method: 'POST', url: '/auth/sign-in/acme', payload: {}, headers })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('an account whose identity is unlinked between the steps is not entered', async t => {
  const { ada, browser, provider } = await providerApplication(t)
  const hers = await ada()
  await hers.link()
  const own = browser()
  const parameters = provider.approve(await own.start(), adaThere)
  const [identity] = await hers.identities()
  t.equal((await hers.remove(`/identities/${identity?.id}`)).statusCode, 204)
  t.same(fragmentOf(await own.callback(parameters)), { error: 'FAST_AUTH_ACCOUNT_EXISTS' })
})
