import { AsyncLocalStorage } from 'node:async_hooks'
import { tracingChannel } from 'node:diagnostics_channel'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { storageCalls, traceStep } from '../../lib/telemetry/trace-step.js'
import { ada } from '../support/account.js'
import { failingStorage } from '../support/failing-storage.js'
import { testApplication } from '../support/test-application.js'

/** Everything that a channel publishes, from now on. */
function listen(t: Test, name: string) {
  const published: { moment: string; trace: object }[] = []
  const at = (moment: string) => (trace: object) => published.push({ moment, trace: { ...trace } })
  const subscribers = {
    start: at('start'),
    end: at('end'),
    asyncStart: at('asyncStart'),
    asyncEnd: at('asyncEnd'),
    error: at('error'),
  }
  tracingChannel(name).subscribe(subscribers)
  t.teardown(() => tracingChannel(name).unsubscribe(subscribers))
  return published
}

const signIn = { method: 'POST', url: '/auth/sign-in', payload: ada } as const

t.test('each call of the storage is traced by its method, and says nothing of what it asks or answers', async t => {
  const { app, calls } = await testApplication(t)
  await app.inject({ ...signIn, url: '/auth/sign-up' })
  calls.length = 0
  const published = listen(t, 'fast-auth:storage')
  t.equal((await app.inject(signIn)).statusCode, 200)
  const begun = published.filter(({ moment }) => moment === 'start')
  t.same(
    begun.map(({ trace }) => trace),
    calls.map(method => ({ method })),
  )
  const ended = published.filter(({ moment }) => moment === 'asyncEnd')
  t.equal(ended.length, calls.length)
  t.notMatch(JSON.stringify(published), /ada@example|bcrypt/)
})

t.test('a call that fails is traced with its error', async t => {
  const { storage, failNext } = failingStorage(memoryStorage())
  const { app } = await testApplication(t, { options: { storage } })
  const published = listen(t, 'fast-auth:storage')
  failNext('users.findByEmail', 'throw')
  t.equal((await app.inject(signIn)).statusCode, 503)
  const failed = published.filter(({ moment }) => moment === 'error')
  t.match(failed, [
    {
      trace: { method: 'users.findByEmail', error: { cause: { message: 'The connection to the database was lost' } } },
    },
  ])
})

t.test('hashing a password is traced, and says nothing of it', async t => {
  const { app } = await testApplication(t)
  const published = listen(t, 'fast-auth:hash')
  await app.inject({ ...signIn, url: '/auth/sign-up' })
  t.same(
    published.map(({ moment }) => moment),
    ['start', 'end', 'asyncStart', 'asyncEnd'],
  )
  t.notMatch(JSON.stringify(published), /bcrypt|correct horse/)
})

t.test('a context that a tracer binds at the start of a call is active within it', async t => {
  const span = new AsyncLocalStorage<string>()
  storageCalls.start.bindStore(span, () => 'of the call')
  t.teardown(() => storageCalls.start.unbindStore(span))
  const inside = () => Promise.resolve(span.getStore())
  t.equal(await traceStep(storageCalls, { method: 'ping' }, inside), 'of the call')
  t.equal(span.getStore(), undefined)
})

t.test('without a subscriber, the step is called directly', async t => {
  const answer = Promise.resolve('answer')
  t.equal(
    traceStep(storageCalls, { method: 'ping' }, () => answer),
    answer,
  )
})
