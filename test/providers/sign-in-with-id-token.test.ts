import t from 'tap'
import { ada as adaHere } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { adaThere, ben, invalidAnswer, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a native app signs up and in with ID tokens`, async t => {
    const { storage } = await open(t)
    const { sendIdToken, events } = await providerApplication(t, { options: { storage, migrate: true } })
    const first = await sendIdToken()
    t.equal(first.statusCode, 201)
    t.equal(first.headers['set-cookie'], undefined)
    const { user } = first.json()
    t.equal(user.email, ben.email)
    const second = await sendIdToken()
    t.equal(second.statusCode, 200)
    t.equal(second.json().user.id, user.id)
    t.strictSame(
      events.map(event => event.name),
      ['user_created', 'authn_login_success', 'authn_login_success'],
    )
  })

  t.test(`in ${name} of five requests with one ID token at the same time one signs in`, async t => {
    const { storage } = await open(t)
    const { provider, post, events } = await providerApplication(t, { options: { storage, migrate: true } })
    const payload = { idToken: provider.idToken(ben, 'n'), nonce: 'n', transport: 'token' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => post('/sign-in/acme/token', payload)))
    t.strictSame(answers.map(({ statusCode }) => statusCode).toSorted(), [201, 401, 401, 401, 401])
    for (const answer of answers) if (answer.statusCode !== 201) refused(t, answer, 401, invalidAnswer)
    const used = { name: 'provider_failed', reason: 'answer_invalid', provider: 'acme', detail: 'used' }
    const failed = events.filter(event => event.name === 'provider_failed')
    t.hasStrict(failed, [used, used, used, used])
  })
}

t.test('the tokens of the provider that are handed over are only the ID token', async t => {
  const called: { tokens: object; user: { email: string } }[] = []
  const hooks = { onProviderTokens: (context: (typeof called)[number]) => void called.push(context) }
  const { sendIdToken } = await providerApplication(t, { options: { hooks } })
  await sendIdToken()
  t.match(called, [{ user: { email: ben.email }, tokens: { accessToken: null, refreshToken: null, idToken: /^ey/ } }])
})

t.test('a web view gets cookies if it asks for them, and not from another site', async t => {
  const { browser, provider } = await providerApplication(t)
  const own = browser()
  const payload = (nonce: string) => ({ idToken: provider.idToken(ben, nonce), nonce })
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const request = { method: 'POST', url: '/auth/sign-in/acme/token', payload: payload('one'), headers } as const
  refused(t, await own.send(request), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const answer = await own.post('/sign-in/acme/token', payload('two'))
  t.strictSame([answer.statusCode, 'accessToken' in answer.json()], [201, false])
  t.ok(await own.user())
  const withCookies = { ...request, payload: { ...payload('three'), transport: 'token' } }
  refused(t, await own.send(withCookies), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a token that proves nothing is refused in one way, with the reason in an event', async t => {
  const { provider, post, events } = await providerApplication(t)
  const send = (idToken: string, nonce = 'n') => post('/sign-in/acme/token', { idToken, nonce, transport: 'token' })
  const old = provider.idToken({ ...ben, exp: 1 }, 'n')
  for (const [answer, detail] of [
    [await send('no token'), 'id_token'],
    [await send(provider.idToken(ben, 'n'), 'another'), 'nonce'],
    [await send(provider.idToken({ ...ben, aud: 'another' }, 'n')), 'audience'],
    [await send(provider.idToken({ ...ben, iss: 'https://evil.example' }, 'n')), 'issuer'],
    [await send(old), 'expired'],
  ] as const) {
    refused(t, answer, 401, invalidAnswer)
    t.hasStrict(events.shift(), { name: 'provider_failed', reason: 'answer_invalid', detail, userId: null })
  }
  t.strictSame(events, [])
})

t.test('refusals of the account are those of the callback, as errors', async t => {
  const { ada, sendIdToken } = await providerApplication(t)
  await ada()
  refused(t, await sendIdToken(adaThere), 409, 'FAST_AUTH_ACCOUNT_EXISTS')
  refused(t, await sendIdToken({ ...ben, email: undefined }), 403, 'FAST_AUTH_PROVIDER_EMAIL_MISSING')
})

t.test('a provider that is down is 503, and the same token works afterwards', async t => {
  const { provider, post, advance } = await providerApplication(t)
  const payload = { idToken: provider.idToken(ben, 'n'), nonce: 'n', transport: 'token' }
  provider.setDown(true)
  refused(t, await post('/sign-in/acme/token', payload), 503, 'FAST_AUTH_PROVIDER_UNAVAILABLE')
  provider.setDown(false)
  advance(60)
  t.equal((await post('/sign-in/acme/token', payload)).statusCode, 201)
})

t.test('an ID token of one provider does not sign in at another', async t => {
  const { provider, post } = await providerApplication(t, { others: [{ name: 'other' }] })
  const payload = { idToken: provider.idToken(ben, 'n'), nonce: 'n', transport: 'token' }
  refused(t, await post('/sign-in/other/token', payload), 401, invalidAnswer)
  t.equal((await post('/sign-in/acme/token', payload)).statusCode, 201)
})

t.test('an ID token links an identity with a proven address if the application allows it', async t => {
  const { ada, sendIdToken } = await providerApplication(t, { options: { identities: { linkVerified: true } } })
  const hers = await ada()
  const answer = await sendIdToken(adaThere)
  t.strictSame([answer.statusCode, answer.json().user.email], [200, adaHere.email])
  t.equal((await hers.identities()).length, 1)
})
