import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { type Measurement, type MetricName, metricCatalogue } from '../../lib/telemetry/metric-catalogue.js'
import { ada, signUpForTokens } from '../support/account.js'
import { failingStorage } from '../support/failing-storage.js'
import { testApplication } from '../support/test-application.js'
import { mistyped } from '../support/test-keys.js'

/** Measurements, and those of a name as `outcome value`. */
function meter() {
  const all: Measurement[] = []
  const of = (name: MetricName) => all.filter(measurement => measurement.name === name)
  const labelsOf = (name: MetricName) => of(name).map(({ labels }) => Object.values(labels).join(' '))
  return { all, of, labelsOf, metrics: (measurement: Measurement) => void all.push(measurement) }
}

async function measuredApp(t: Test, options: Partial<FastAuthOptions> = {}) {
  const measured = meter()
  const tested = await testApplication(t, { options: { metrics: measured.metrics, ...options } })
  const post = (path: string, payload: object) => tested.app.inject({ method: 'POST', url: `/auth${path}`, payload })
  return { ...tested, ...measured, post }
}

t.test('sign-ins are counted by outcome, with every other event', async t => {
  const { app, post, labelsOf, events } = await measuredApp(t)
  await signUpForTokens(app)
  await post('/sign-in', ada)
  await post('/sign-in', { ...ada, password: 'wrong horse battery' })
  await post('/sign-in', { ...ada, email: 'unknown@example.com' })
  t.same(labelsOf('fast_auth_events_total').slice(-3), [
    'authn_login_success ',
    'authn_login_fail wrong_password',
    'authn_login_fail unknown_user',
  ])
  t.equal(labelsOf('fast_auth_events_total').length, events.length)
})

t.test('refreshes are counted by outcome: rotated, repeated, reused, of an ended session, invalid', async t => {
  const { app, post, advance, labelsOf } = await measuredApp(t)
  const { refreshToken } = await signUpForTokens(app)
  await post('/refresh', { refreshToken })
  await post('/refresh', { refreshToken })
  advance(11)
  await post('/refresh', { refreshToken })
  await post('/refresh', { refreshToken })
  await post('/refresh', { refreshToken: mistyped(refreshToken) })
  t.same(labelsOf('fast_auth_refreshes_total'), ['rotated', 'repeated', 'reused', 'unknown', 'invalid'])
})

t.test('API keys are counted by what their check took: a read, nothing, or a refusal', async t => {
  const { metrics, labelsOf } = meter()
  const { owner, use } = await testApplication(t, { keys: true, options: { metrics } })
  const { key, id } = await owner.make()
  await use(key)
  await use(key)
  await use(mistyped(key))
  await owner.remove(id)
  await use(key)
  t.same(labelsOf('fast_auth_api_key_checks_total'), ['read', 'remembered', 'mistyped', 'unknown'])
})

t.test('if every request calls the storage, no key comes from the cache', async t => {
  const { metrics, labelsOf } = meter()
  const { owner, use } = await testApplication(t, { keys: true, options: { metrics, revocation: 'strict' } })
  const { key } = await owner.make()
  await use(key)
  await use(key)
  t.same(labelsOf('fast_auth_api_key_checks_total'), ['read', 'read'])
})

t.test('the hashing queue measures its length, waiting times, hashing times, and refusals', async t => {
  const { post, of, all } = await measuredApp(t, {
    passwords: { hasher: 'bcrypt:10', hashingConcurrency: 1, hashingQueueLimit: 1 },
  })
  all.length = 0
  const statuses = await Promise.all([1, 2, 3].map(async () => (await post('/sign-in', ada)).statusCode))
  t.same(statuses.sort(), [401, 401, 503])
  const lengths = (name: MetricName) => of(name).map(({ value }) => value)
  t.equal(Math.max(...lengths('fast_auth_hashes_waiting')), 1)
  t.equal(Math.max(...lengths('fast_auth_hashes_running')), 1)
  t.equal(lengths('fast_auth_hashes_running').at(-1), 0)
  t.equal(lengths('fast_auth_hashes_waiting').at(-1), 0)
  t.same(lengths('fast_auth_hashes_refused_total'), [1])
  const runs = lengths('fast_auth_hash_run_seconds')
  const waits = lengths('fast_auth_hash_wait_seconds')
  t.equal(runs.length, 2)
  t.ok(runs.every(seconds => seconds > 0.005 && seconds < 30))
  t.equal(waits.length, 2)
  t.ok(Math.max(...waits) > 0.005, 'the second waited for the first')
})

t.test('calls of the storage are timed by method, and whether they failed', async t => {
  const { storage, failNext } = failingStorage(memoryStorage())
  const { post, of, labelsOf, all } = await measuredApp(t, { storage, storageTimeoutSeconds: 0.2 })
  all.length = 0
  await post('/sign-in', ada)
  failNext('users.findByEmail', 'throw')
  await post('/sign-in', ada)
  failNext('users.findByEmail', 'hang')
  await post('/sign-in', ada)
  t.same(labelsOf('fast_auth_storage_call_seconds'), [
    'users.findByEmail done',
    'users.findByEmail failed',
    'users.findByEmail failed',
  ])
  const [, , hung] = of('fast_auth_storage_call_seconds')
  t.ok((hung?.value ?? 0) > 0.15, 'one that was given up took as long as it was waited for')
})

t.test('messages are counted by outcome, and timed from when they were written', async t => {
  const { metrics, labelsOf, of } = meter()
  const { post, mailbox, app } = await testApplication(t, { mail: true, options: { metrics } })
  await post('/sign-up', ada)
  await mailbox.waitForMessage(ada.email)
  await app.close()
  t.same(labelsOf('fast_auth_messages_total'), ['sent'])
  t.same(
    of('fast_auth_message_wait_seconds').map(({ value }) => value),
    [0],
    'by the clock of the application, which stands still',
  )
})

t.test('a metrics function that throws changes no answer, and is in the log once a name', async t => {
  const lines: { level: number; msg: string; metric: string }[] = []
  const stream = { write: (line: string) => lines.push(JSON.parse(line)) }
  const metrics = () => {
    throw new Error('no such instrument')
  }
  const { app } = await testApplication(t, {
    options: { metrics },
    server: { logger: { level: 'error', stream } as object },
  })
  await signUpForTokens(app)
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-in', payload: ada })).statusCode, 200)
  const problems = lines.filter(({ msg }) => msg === 'fast-auth: metrics threw')
  t.ok(problems.length > 3)
  t.equal(new Set(problems.map(({ metric }) => metric)).size, problems.length)
})

t.test(
  'every measurement is in the catalogue, with these labels, and no label is an id, an address or a path',
  async t => {
    const { app, post, all } = await measuredApp(t)
    const { accessToken } = await signUpForTokens(app)
    const headers = { authorization: `Bearer ${accessToken}` }
    await post('/sign-in', ada)
    await app.inject({ method: 'DELETE', url: `/auth/sessions/${randomUUID()}`, headers })
    t.ok(all.length > 10)
    for (const { name, labels } of all) {
      t.same(Object.keys(labels), metricCatalogue[name].labelNames)
      for (const value of Object.values(labels)) t.match(value, /^[a-zA-Z_.]{0,40}$/)
    }
  },
)

t.test('names and kinds are as Prometheus has them', async t => {
  for (const [name, { kind, help }] of Object.entries(metricCatalogue)) {
    t.match(name, /^fast_auth_[a-z_]+$/)
    t.equal(name.endsWith('_total'), kind === 'counter', name)
    if (kind === 'histogram') t.match(name, /_seconds$/)
    t.ok(help.length > 10)
  }
})
