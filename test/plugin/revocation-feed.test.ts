import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { eachMethod } from '../support/each-method.js'
import { soon } from '../support/soon.js'
import { type KeyApplication, testApplication } from '../support/test-application.js'

const ben = { ...ada, email: 'ben@example.com' }
const often = { everySeconds: 0.1, maximumStalenessSeconds: 2 }

function shared(): Storage {
  return { ...memoryStorage(), close: async () => {} }
}

/** The same storage, whose feed, or all of which, can be made to fail. */
function failing(storage: Storage) {
  const down = { feed: false, all: false }
  const faulty = eachMethod(storage, (name, method) => request => {
    const fails = down.all || (down.feed && name === 'revocations.list')
    return fails ? Promise.reject(new Error('connection refused')) : method(request)
  })
  return { storage: faulty, down }
}

/** A process that reads the feed often, and may be cut off from it; and another one on the same storage. */
async function cutOffApp(t: Test) {
  const storage = shared()
  const { storage: faulty, down } = failing(storage)
  const log: string[] = []
  const stream = { write: (line: string) => log.push(line) }
  const other = await testApplication(t, { keys: true, options: { storage } })
  const options = { storage: faulty, revocationFeed: often }
  const tested = await testApplication(t, {
    keys: { account: ben },
    options,
    server: { logger: { level: 'error', stream } },
  })
  const isStale = () => tested.app.fastAuth.health().revocationFeed === 'stale'
  return { ...tested, down, log, other, isStale }
}

/** The storage calls of one use of the credential, which is answered with the status. */
async function callsOf(t: Test, { use, calls }: KeyApplication, credential: string, status = 200): Promise<string[]> {
  calls.length = 0
  t.equal((await use(credential)).statusCode, status)
  return calls.filter(name => name !== 'revocations.list')
}

t.test('while the feed cannot be read every request asks the storage, and when it can again none does', async t => {
  const tested = await cutOffApp(t)
  const { down, isStale, owner, other, events, app, advance } = tested
  const made = await other.owner.make()
  t.same(await callsOf(t, tested, made.key), ['apiKeys.findByHash'])
  t.same(await callsOf(t, tested, made.key), [])
  t.same(await callsOf(t, tested, owner.accessToken), [])

  down.feed = true
  advance(often.maximumStalenessSeconds)
  t.same(await callsOf(t, tested, made.key), [])
  advance(0.001)
  await soon(() => events.some(({ name }) => name === 'revocation_feed_stale'))
  t.same(await callsOf(t, tested, made.key), ['apiKeys.findByHash'])
  t.same(await callsOf(t, tested, owner.accessToken), ['sessions.find'])
  await other.owner.remove(made.id)
  await other.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken: other.owner.refreshToken } })
  t.same(await callsOf(t, tested, made.key, 401), ['apiKeys.findByHash'])
  t.same(await callsOf(t, tested, other.owner.accessToken, 401), ['sessions.find'])

  down.feed = false
  await soon(() => events.some(({ name }) => name === 'revocation_feed_recovered'))
  t.notOk(isStale())
  t.same(await callsOf(t, tested, owner.accessToken), [])
  t.same(await callsOf(t, tested, other.owner.accessToken, 401), [], 'what was missed is known')
  t.equal(app.fastAuth.health().revocationFeed, 'current')
  const noRequest = { userId: null, sessionId: null, ip: null, userAgent: null, requestId: null }
  t.strictSame(
    events.filter(({ name }) => name.startsWith('revocation_feed')),
    ['revocation_feed_stale', 'revocation_feed_recovered'].map(name => ({
      name,
      at: '2026-01-01T12:00:02.001Z',
      ...noRequest,
    })),
  )
})

t.test('if the storage fails altogether, requests are accepted for the configured time, and get 503 then', async t => {
  const { down, use, owner, isStale, log, advance } = await cutOffApp(t)
  down.all = true
  await soon(() => log.length > 0)
  advance(often.maximumStalenessSeconds)
  t.equal((await use(owner.accessToken)).statusCode, 200)
  advance(0.001)
  const answer = await use(owner.accessToken)
  t.hasStrict(answer.json(), { statusCode: 503, code: 'FAST_AUTH_STORAGE_UNAVAILABLE' })
  t.equal(answer.headers['retry-after'], '1')
  const problems = log.filter(line => line.includes('what was revoked could not be read'))
  t.equal(problems.length, 1, 'it is logged once')
  t.match(problems[0], 'connection refused')
  down.all = false
  await soon(() => !isStale())
  t.equal((await use(owner.accessToken)).statusCode, 200)
})

t.test('an application starts if the feed cannot be read, and reads the storage at each request', async t => {
  const { storage, down } = failing(shared())
  down.feed = true
  const tested = await testApplication(t, { keys: true, options: { storage } })
  t.equal(tested.app.fastAuth.health().revocationFeed, 'stale')
  t.same(await callsOf(t, tested, tested.owner.accessToken), ['sessions.find'])
})

t.test('an application starts after three seconds if the first reading of the feed takes longer', async t => {
  let answer = () => {}
  const slow = new Promise<void>(resolve => (answer = resolve))
  const storage = { ...shared(), revocations: { list: () => slow.then(() => []) } }
  const begin = performance.now()
  const { app } = await testApplication(t, { options: { storage, storageTimeoutSeconds: 60 } })
  const seconds = (performance.now() - begin) / 1000
  t.ok(seconds >= 2.9 && seconds < 10, `${seconds} s`)
  t.equal(app.fastAuth.health().revocationFeed, 'stale')
  answer()
  await soon(() => app.fastAuth.health().revocationFeed === 'current')
})

t.test('a process that starts knows from its first request what was revoked before', async t => {
  const storage = shared()
  const before = await testApplication(t, { keys: true, options: { storage } })
  const { accessToken, refreshToken } = before.owner
  await before.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  await before.app.close()
  const after = await testApplication(t, { keys: { account: ben }, options: { storage } })
  t.same(await callsOf(t, after, accessToken, 401), [])
  t.equal((await after.use(accessToken)).json().code, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a session that ended just as long ago as its access token lives is still known after a restart', async t => {
  const storage = shared()
  const before = await testApplication(t, { keys: true, options: { storage, accessTokenLifetimeSeconds: 86_400 } })
  const { accessToken, refreshToken } = before.owner
  await before.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  const clock = () => Date.UTC(2026, 0, 2, 11, 59, 59)
  const after = await testApplication(t, {
    keys: { account: ben },
    options: { storage, clock, accessTokenLifetimeSeconds: 86_400 },
  })
  t.equal((await after.use(accessToken)).json().code, 'FAST_AUTH_SESSION_REVOKED')
})

/** How often the feed was read in a third of a second in which it is read every tenth. */
async function readings(t: Test, options: Partial<FastAuthOptions>, close = false): Promise<number> {
  const { app, calls } = await testApplication(t, { options: { revocationFeed: often, ...options } })
  if (close) await app.close()
  calls.length = 0
  await new Promise(resolve => setTimeout(resolve, 350))
  return calls.filter(name => name === 'revocations.list').length
}

t.test('the feed is read in the background, and not when the application is closed', async t => {
  t.ok((await readings(t, {})) > 0)
  t.equal(await readings(t, {}, true), 0)
})

for (const revocation of ['strict', 'none'] as const) {
  t.test(`with revocation: '${revocation}' nothing is read in the background`, async t => {
    t.equal(await readings(t, { revocation }), 0)
    const { app, events } = await testApplication(t, { options: { revocation } })
    t.same(app.fastAuth.health(), { revocationFeed: 'off' })
    t.same(events, [])
  })
}

t.test('a feed that is stale is a warning in the log', async t => {
  const { storage, down } = failing(memoryStorage())
  down.feed = true
  const lines: string[] = []
  const stream = { write: (line: string) => lines.push(line) }
  await testApplication(t, { options: { storage }, server: { logger: { level: 'warn', stream } } })
  t.hasStrict(
    lines.map(line => JSON.parse(line)),
    [
      { level: 50, msg: 'fast-auth: what was revoked could not be read' },
      { level: 40, msg: 'revocation_feed_stale' },
    ],
  )
})
