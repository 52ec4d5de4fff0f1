import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { actingBefore } from '../support/acting-before.js'
import { embeddedAdapters } from '../support/adapters.js'
import { failingStorage } from '../support/failing-storage.js'
import { ben, fragmentOf, invalidFlow, providerApplication } from '../support/provider-application.js'
import { otherSecret, secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} of five visits at the same time one continues the flow, and all get the same session`, async t => {
    const { storage } = await open(t)
    const { browser, provider, events } = await providerApplication(t, { options: { storage, migrate: true } })
    const own = browser()
    const parameters = provider.approve(await own.start(), ben)
    const answers = await Promise.all(Array.from({ length: 5 }, () => own.callback(parameters)))
    for (const answer of answers) t.equal(answer.headers.location, `${publicUrl}/`)
    const created = events.filter(event => event.name !== 'authn_login_success')
    t.strictSame([events.length, created.map(event => event.name)], [2, ['user_created']])
    t.equal(provider.server.paths().filter(path => path === '/token').length, 1)
    const sessions = (await own.get('/sessions')).json()
    t.equal(sessions.total, 1)
  })

  t.test(`in ${name} of two servers with one storage, one creates the user and the session`, async t => {
    const { storage } = await open(t)
    const { browser, app, provider, now } = await providerApplication(t, { options: { storage, migrate: true } })
    const clock = Object.assign(now, {
      monotonic: () => 0,
      sleep: () => new Promise<void>(done => setTimeout(done, 20)),
    })
    const options = { storage, migrate: true, clock, publicUrl, providers: [provider.provider] }
    const second = await testApplication(t, { mail: true, options })
    const own = browser()
    const parameters = provider.approve(await own.start(), ben)
    const cookie = (await own.cookies('/auth/providers/acme/callback')).map(one => one.cookieString()).join('; ')
    const url = `/auth/providers/acme/callback?${parameters}`
    const answers = await Promise.all([app, second.app].map(one => one.inject({ url, headers: { cookie } })))
    for (const { headers } of answers) t.match(headers, { location: `${publicUrl}/`, 'set-cookie': /access/ })
    const { id } = (await storage.users.findByEmail({ email: ben.email })) ?? {}
    t.equal((await storage.sessions.list({ userId: String(id), now: now(), limit: 9, offset: 0 })).total, 1)
  })
}

t.test('a later visit gets the same session, also after a refresh, and goes on', async t => {
  const { browser, provider, advance } = await providerApplication(t)
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  await own.callback(parameters)
  const { session } = (await own.post('/refresh', {})).json()
  advance(500)
  const answer = await own.callback(parameters)
  t.equal(answer.headers.location, `${publicUrl}/`)
  const { total, items } = (await own.get('/sessions')).json()
  t.strictSame([total, items[0].id], [1, session.id])
  advance(900)
  t.equal((await own.post('/refresh', {})).statusCode, 200)
})

t.test('a visit after the sign-out signs no user in', async t => {
  const { browser, provider } = await providerApplication(t)
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  await own.callback(parameters)
  await own.post('/sign-out', {})
  t.same(fragmentOf(await own.callback(parameters)), { error: invalidFlow })
  t.equal(await own.user(), null)
})

t.test('a visit while the user is deleted signs no user in', async t => {
  const { storage, armed, right } = actingBefore('users.find')
  const { app, browser, provider } = await providerApplication(t, { options: { storage } })
  const own = browser()
  const parameters = provider.approve(await own.start(), ben)
  await own.callback(parameters)
  const { id } = (await right.users.findByEmail({ email: ben.email })) ?? {}
  armed.act = () => app.fastAuth.deleteUser(String(id))
  const answer = await own.callback(parameters)
  t.same(fragmentOf(answer), { error: invalidFlow })
  t.equal(answer.headers['set-cookie'], undefined)
})

t.test('every further visit gets the refusal of the first', async t => {
  const { browser, provider, events } = await providerApplication(t)
  const own = browser()
  const parameters = provider.deny(await own.start())
  const error = 'FAST_AUTH_PROVIDER_DENIED'
  t.same(fragmentOf(await own.callback(parameters)), { error })
  t.same(fragmentOf(await own.callback(provider.approve(new URL(`?${parameters}`, publicUrl), ben))), { error })
  t.strictSame(events, [])
})

interface Interrupted {
  /** The methods that fail once, during the first visit. */
  readonly failing: readonly string[]
  /** What the second visit gets. */
  readonly error: string
  /** How often the second visit looks again. */
  readonly looks: number
}

const interruptions: Readonly<Record<string, Interrupted>> = {
  'a visit after one that the storage interrupted begins again, and does not wait': {
    failing: ['identities.find'],
    error: invalidFlow,
    looks: 0,
  },
  'a visit that waits for too long for another one says that the provider does not answer': {
    failing: ['identities.find', 'providerFlows.settle'],
    error: 'FAST_AUTH_PROVIDER_UNAVAILABLE',
    looks: 100,
  },
}

for (const [title, { failing, error, looks }] of Object.entries(interruptions)) {
  t.test(title, async t => {
    let sleeps = 0
    const sleep = async () => {
      sleeps += 1
    }
    const { storage, failNext } = failingStorage(memoryStorage())
    const { browser, provider } = await providerApplication(t, { sleep, options: { storage } })
    const own = browser()
    const parameters = provider.approve(await own.start(), ben)
    for (const method of failing) failNext(method, 'throw')
    const answer = await own.callback(parameters)
    t.strictSame([answer.statusCode, answer.json().code], [503, 'FAST_AUTH_STORAGE_UNAVAILABLE'])
    t.equal(answer.headers['set-cookie'], undefined)
    t.same(fragmentOf(await own.callback(parameters)), { error })
    t.equal(sleeps, looks)
    t.equal(await own.user(), null)
  })
}

t.test(
  'while secrets are replaced, a server without the new one cannot read the result, and signs no user in',
  async t => {
    const storage = memoryStorage()
    const { browser, provider, now } = await providerApplication(t, { options: { storage } })
    const secrets = [otherSecret, secret] as const
    const options = { secrets, storage, clock: now, publicUrl, providers: [provider.provider] }
    const newer = await testApplication(t, { options })
    const own = browser()
    const parameters = provider.approve(await own.start(), ben)
    const [cookie] = (await own.cookies('/auth/providers/acme/callback')).map(one => one.cookieString())
    const url = `/auth/providers/acme/callback?${parameters}`
    t.match((await newer.app.inject({ url, headers: { cookie } })).headers, { location: `${publicUrl}/` })
    t.same(fragmentOf(await own.callback(parameters)), { error: invalidFlow })
    t.equal(await own.user(), null)
  },
)
