import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada as adaHere } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { embeddedAdapters } from '../support/adapters.js'
import { noon } from '../support/protected-application.js'
import { adaThere, ben, fragmentOf, providerApplication, providerBrowser } from '../support/provider-application.js'
import { localProvider } from '../support/providers/local-provider.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'

const tooOld = 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a user links a provider, whatever its address, and signs in with it`, async t => {
    const { storage } = await open(t)
    const { ada, browser, events, mailbox } = await providerApplication(t, { options: { storage, migrate: true } })
    const hers = await ada()
    const user = await hers.user()
    const claims = { sub: 'someone', email: 'ada@elsewhere.example' }
    t.equal((await hers.link(claims)).headers.location, `${publicUrl}/#linked=acme`)
    const identities = await hers.identities()
    const time = new Date(noon).toISOString()
    t.hasStrict(identities, [{ provider: 'acme', email: 'ada@elsewhere.example', createdAt: time, lastUsedAt: null }])
    const [change] = events
    const identityId = identities[0]?.id
    t.hasStrict(change, { name: 'authn_identity_change', reason: 'identity_linked', provider: 'acme', identityId })
    t.strictSame([events.length, change?.userId, typeof change?.sessionId], [1, user?.id, 'string'])
    t.match(await mailbox.waitForMessage(adaHere.email), { text: /is now linked to an account at another provider/ })
    const own = browser()
    await own.signIn(claims)
    t.equal((await own.user())?.id, user?.id)
  })

  t.test(`in ${name} an identity of another account is not linked`, async t => {
    const { storage } = await open(t)
    const { ada, browser, events } = await providerApplication(t, { options: { storage, migrate: true } })
    await browser().signIn()
    const hers = await ada()
    t.same(fragmentOf(await hers.link(ben)), { error: 'FAST_AUTH_IDENTITY_IN_USE' })
    t.strictSame([await hers.identities(), events], [[], []])
  })

  t.test(`in ${name} a user links no more than the maximum, and none of them twice`, async t => {
    const { storage } = await open(t)
    const options = { storage, migrate: true, identities: { maximumPerUser: 2 } }
    const { ada, events } = await providerApplication(t, { options })
    const hers = await ada()
    for (const sub of ['one', 'two', 'one']) t.same(fragmentOf(await hers.link({ sub })), { linked: 'acme' })
    t.equal(events.length, 2, 'linking once more is no change')
    t.same(fragmentOf(await hers.link({ sub: 'three' })), { error: 'FAST_AUTH_IDENTITY_LIMIT_REACHED' })
    t.equal((await hers.identities()).length, 2)
  })
}

t.test('a further visit of the callback gets the same answer, and changes nothing', async t => {
  const { ada, provider, events } = await providerApplication(t)
  const hers = await ada()
  const { url } = (await hers.post('/identities/acme/link', { returnTo: '/account' })).json()
  const parameters = provider.approve(new URL(url), adaThere)
  const answers = await Promise.all([hers.callback(parameters), hers.callback(parameters)])
  for (const { headers } of answers) t.equal(headers.location, `${publicUrl}/account#linked=acme`)
  t.equal(events.length, 1)
})

t.test('linking needs a session, and a proof that is no older than five minutes', async t => {
  const { ada, browser, advance } = await providerApplication(t)
  refused(t, await browser().post('/identities/acme/link', {}), 401, 'FAST_AUTH_UNAUTHENTICATED')
  const hers = await ada()
  advance(301)
  refused(t, await hers.post('/identities/acme/link', {}), 403, tooOld)
  await hers.post('/reauthenticate', { password: adaHere.password })
  t.equal((await hers.post('/identities/acme/link', {})).statusCode, 200)
})

t.test('another site cannot begin to link', async t => {
  const { ada } = await providerApplication(t)
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const answer = await (await ada()).send({ method: 'POST', url: '/auth/identities/acme/link', payload: {}, headers })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a user who cancels, or whose session has ended since, links nothing', async t => {
  const { ada, provider, browser } = await providerApplication(t)
  const hers = await ada()
  const begin = async () => new URL((await hers.post('/identities/acme/link', {})).json().url)
  t.same(fragmentOf(await hers.callback(provider.deny(await begin()))), { error: 'FAST_AUTH_PROVIDER_DENIED' })
  const url = await begin()
  await hers.post('/sign-out', {})
  t.same(fragmentOf(await hers.callback(provider.approve(url, adaThere))), { error: 'FAST_AUTH_SESSION_REVOKED' })
  t.same(fragmentOf(await browser().signIn(adaThere)), { error: 'FAST_AUTH_ACCOUNT_EXISTS' })
})

t.test('a user who is deleted or disabled meanwhile links nothing', async t => {
  for (const method of ['deleteUser', 'disableUser'] as const) {
    const { app, ada, provider } = await providerApplication(t)
    const hers = await ada()
    const url = new URL((await hers.post('/identities/acme/link', {})).json().url)
    await app.fastAuth[method](String((await hers.user())?.id))
    t.same(fragmentOf(await hers.callback(provider.approve(url, adaThere))), { error: 'FAST_AUTH_SESSION_REVOKED' })
  }
})

t.test('a session that ends in the last moment links nothing, and this process refuses its token', async t => {
  const { storage, armed, right } = actingBefore('identities.link')
  const { ada } = await providerApplication(t, { options: { storage } })
  const hers = await ada()
  const session = await hers.session()
  const userId = String((await hers.user())?.id)
  armed.act = () => right.sessions.revoke({ sessionId: session.id, userId, now: noon })
  t.same(fragmentOf(await hers.link()), { error: 'FAST_AUTH_SESSION_REVOKED' })
  t.equal(await hers.user(), null)
})

t.test('the hooks learn about the link, and get the tokens of the provider', async t => {
  const called: [string, object][] = []
  const keep = (name: string) => (context: object) => void called.push([name, context])
  const hooks = { afterIdentityChange: keep('change'), onProviderTokens: keep('tokens') }
  const { ada } = await providerApplication(t, { options: { hooks } })
  const hers = await ada()
  await hers.link()
  const [identity] = await hers.identities()
  const { id } = (await hers.user()) ?? {}
  t.hasStrict(called, [
    ['change', { user: { id }, identity: { id: identity?.id, provider: 'acme' }, reason: 'identity_linked' }],
    ['tokens', { user: { id }, provider: 'acme' }],
  ])
  t.equal(called.length, 2)
})

t.test('without a sender, a user links and unlinks all the same', async t => {
  const storage = memoryStorage()
  const provider = await localProvider(t, { clock: () => noon })
  const { app } = await testApplication(t, { options: { storage, publicUrl, providers: [provider.provider] } })
  await app.fastAuth.createUser(adaHere)
  const hers = providerBrowser(app, provider)
  await hers.post('/sign-in', { ...adaHere, transport: 'cookie' })
  t.same(fragmentOf(await hers.link()), { linked: 'acme' })
  const [identity] = await hers.identities()
  t.equal((await hers.remove(`/identities/${identity?.id}`)).statusCode, 204)
})
