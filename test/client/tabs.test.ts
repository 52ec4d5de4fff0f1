import t, { type Test } from 'tap'
import { ada, clientApp } from './fixtures/client-app.js'
import { fetchWithJar } from './fixtures/cookie-jar.js'
import { give } from './fixtures/give.js'
import { webLocks } from './fixtures/web-locks.js'

type Locks = ReturnType<typeof webLocks>

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

/** Two clients with the cookies of one browser, the second of which has heard that the first has signed up. */
async function twoTabs(t: Test, locks: Pick<Locks, 'request'> | null, refreshTimeoutMilliseconds = 4_000) {
  if (locks !== null) give(t, 'navigator', { locks })
  const app = await clientApp(t)
  const jar = fetchWithJar()
  const [first, second] = [0, 1].map(() => app.client({ fetch: jar, sharesTabs: true, refreshTimeoutMilliseconds }))
  if (first === undefined || second === undefined) throw new Error('no tabs')
  await first.signUp(ada)
  await until(() => second.session.status === 'signed-in')
  app.advance(1000)
  app.requests.length = 0
  const refreshes = () => app.requests.filter(request => request === 'POST /auth/refresh').length
  return { ...app, first, second, refreshes }
}

t.test('two tabs with locks refresh once', async t => {
  const { first, second, refreshes } = await twoTabs(t, webLocks())
  const answers = await Promise.all([first.fetch('/hello'), second.fetch('/hello')])
  t.same(
    answers.map(({ status }) => status),
    [200, 200],
  )
  t.equal(refreshes(), 1)
})

t.test('a tab that waited in vain for another refreshes by itself', async t => {
  const { first, second, refreshes, fates } = await twoTabs(t, webLocks())
  fates.push({ status: 503, body: '{"code":"FAST_AUTH_STORAGE_UNAVAILABLE"}' })
  const answers = await Promise.all([first.fetch('/hello'), second.fetch('/hello')])
  t.same(answers.map(({ status }) => status).sort(), [200, 503])
  t.equal(refreshes(), 2)
})

for (const [kind, locks] of [
  ['no locks', null],
  ['locks that are not for this page', { request: () => Promise.reject(new Error('SecurityError')) }],
] as const) {
  t.test(`with ${kind}, both tabs refresh and both stay signed in`, async t => {
    const { first, second } = await twoTabs(t, locks)
    const answers = await Promise.all([first.fetch('/hello'), second.fetch('/hello')])
    t.same(
      answers.map(({ status }) => status),
      [200, 200],
    )
    t.equal((await first.signOut()).status, 204)
    await until(() => second.session.status === 'signed-out')
  })
}

t.test('a lock that is never released does not stop other tabs for ever', async t => {
  const locks = webLocks()
  give(t, 'navigator', { locks })
  const { client, baseUrl } = await clientApp(t)
  void locks.request(`fast-auth ${baseUrl}`, {}, () => new Promise(() => {}))
  const made = client({ sharesTabs: true, refreshTimeoutMilliseconds: 100 })
  t.equal((await made.signUp(ada)).status, 201)
})

t.test('a lock that is never given back stops no refresh', async t => {
  const locks = webLocks()
  const { first, second, refreshes, baseUrl } = await twoTabs(t, locks, 1_000)
  void locks.request(`fast-auth ${baseUrl}`, {}, () => new Promise(() => {}))
  const answers = await Promise.all([first.fetch('/hello'), second.fetch('/hello')])
  t.same(
    answers.map(({ status }) => status),
    [200, 200],
  )
  t.ok(refreshes() >= 1)
})

t.test('an operation that the server has completed before the client closes is reported as completed', async t => {
  const { client, advance } = await clientApp(t)
  const jar = fetchWithJar()
  const closing = () => {
    const made = client({
      sharesTabs: true,
      async fetch(input, init) {
        const response = await jar(input, init)
        made.close()
        return response
      },
    })
    return made
  }
  const first = closing()
  t.equal((await first.signUp(ada)).status, 201)
  t.equal(first.session.status, 'signed-in')
  advance(1000)
  const second = closing()
  t.equal((await second.fetch('/hello')).status, 200)
  t.equal((await closing().refreshSession()).status, 200)
  t.equal((await closing().signOut()).status, 204)
})

t.test('a change of the user in one tab reaches the other, and so does another user', async t => {
  const { first, second, client } = await twoTabs(t, null)
  await client().signUp({ ...ada, email: 'bob@example.com' })
  await first.signIn({ ...ada, email: 'bob@example.com' })
  await until(() => second.session.user?.email === 'bob@example.com')
  await second.changePassword({ currentPassword: ada.password, newPassword: 'another horse battery' })
  await first.deleteMe({ password: 'another horse battery' })
  await until(() => second.session.status === 'signed-out')
  t.equal(second.session.user, null)
})

t.test('messages of other senders are ignored', async t => {
  const { client, baseUrl } = await clientApp(t)
  const made = client({ sharesTabs: true })
  const channel = new BroadcastChannel(`fast-auth ${baseUrl}`)
  t.teardown(() => channel.close())
  const session = { status: 'signed-in', user: null }
  for (const message of [
    'x',
    null,
    {},
    { session },
    { session: 1, isRenewed: true },
    { session: null, isRenewed: true },
  ])
    channel.postMessage(message)
  for (const odd of [session, { status: 'signed-in' }, { status: 'other', user: null }])
    channel.postMessage({ session: odd, isRenewed: true })
  const ended = { status: 'signed-out', user: null, expiresAt: null, organization: null }
  channel.postMessage({ session: ended, isRenewed: false })
  const seen: string[] = []
  made.subscribe(() => seen.push(made.session.status))
  await until(() => seen.length > 0)
  t.same(seen, ['signed-out'])
})

t.test('with tokens, another tab is believed as far as the store says the same', async t => {
  const { client } = await clientApp(t)
  const kept: { text: string | null } = { text: null }
  const store = (isShared: boolean) => ({
    get: () => (isShared ? kept.text : null),
    set: (text: string) => {
      kept.text = text
    },
    remove: () => {
      kept.text = null
    },
  })
  const [first, same, other] = [true, true, false].map(isShared =>
    client({ transport: 'token', tokenStore: store(isShared), sharesTabs: true }),
  )
  await first?.signUp(ada)
  await until(() => same?.session.status === 'signed-in')
  t.equal(other?.session.status, 'unknown')
  await same?.signOut()
  await until(() => first?.session.status === 'signed-out')
})

t.test('two tabs with one store and locks refresh once', async t => {
  give(t, 'navigator', { locks: webLocks() })
  const { client, advance, requests } = await clientApp(t)
  const kept = new Map<string, string>()
  const tokenStore = {
    get: () => kept.get('auth'),
    set: (text: string) => kept.set('auth', text),
    remove: () => kept.delete('auth'),
  }
  const options = { transport: 'token', tokenStore, sharesTabs: true } as const
  const [first, second] = [client(options), client(options)]
  await first.signUp(ada)
  await until(() => second.session.status === 'signed-in')
  advance(1000)
  const answers = await Promise.all([first.fetch('/hello'), second.fetch('/hello')])
  t.same(
    answers.map(({ status }) => status),
    [200, 200],
  )
  t.equal(requests.filter(request => request === 'POST /auth/refresh').length, 1)
})

t.test('a store that fails on a notification of another tab causes no crash', async t => {
  const { client } = await clientApp(t)
  const asked: string[] = []
  const failing = {
    get: () => {
      asked.push('get')
      throw new Error('the keychain is locked')
    },
    set: () => {},
    remove: () => {},
  }
  const listener = client({ transport: 'token', tokenStore: failing, sharesTabs: true })
  await client({ sharesTabs: true }).signUp(ada)
  await until(() => asked.length > 0)
  t.equal(listener.session.status, 'unknown')
})

t.test('a client in a document notifies other tabs, and works without a BroadcastChannel', async t => {
  give(t, 'document', {})
  for (const Channel of [
    undefined,
    class {
      constructor() {
        throw new Error('SecurityError')
      }
    },
  ]) {
    give(t, 'BroadcastChannel', Channel)
    const { signedUp } = await clientApp(t)
    const client = await signedUp()
    t.equal(client.session.status, 'signed-in')
    t.equal((await client.signOut()).status, 204)
  }
})
