import t from 'tap'
import type { ApiKeyHash } from '../../lib/features/api-keys/api-key-record.js'
import type { Measurement, MetricName } from '../../lib/telemetry/metric-catalogue.js'
import { noon } from './fixtures/revoking-storage.js'
import { slowFeed, testFeed } from './fixtures/test-feed.js'

const hash = 'hash of a key' as ApiKeyHash
const patienceSeconds = 60

t.test('revocations from before the start are known when the start is over', async t => {
  const { start, endSession, openSession, supersede, revokedSessions } = await testFeed(t)
  const ended = await endSession(noon)
  const refreshed = await openSession()
  await supersede(refreshed, 0, noon)
  await start(patienceSeconds)
  t.ok(revokedSessions.has(ended))
  t.notOk(revokedSessions.has(refreshed))
  t.ok(revokedSessions.hasGeneration(refreshed, 0))
  t.notOk(revokedSessions.hasGeneration(refreshed, 1))
})

t.test('later revocations are known after the next reading', async t => {
  const { start, endSession, nextReading, revokedSessions } = await testFeed(t)
  await start(patienceSeconds)
  const ended = await endSession(noon)
  await nextReading()
  t.ok(revokedSessions.has(ended))
})

t.test('a key that was ended is forgotten once, and may be remembered again: it may have been rolled', async t => {
  const { start, deleteKey, nextReading, apiKeyCache } = await testFeed(t)
  await start(patienceSeconds)
  const apiKeyId = await deleteKey(noon)
  const found = { apiKeyId, userId: 'ada', email: 'ada@example.com', scopes: [], expiresAt: null, organization: null }
  const verify = () => apiKeyCache.verify(hash, async () => found)
  await verify()
  await nextReading()
  t.equal(apiKeyCache.recall(hash), null)
  await verify()
  await nextReading()
  t.same(apiKeyCache.recall(hash), found)
})

t.test('a key that was looked up while it ended elsewhere is not remembered', async t => {
  const { start, deleteKey, nextReading, apiKeyCache } = await testFeed(t)
  await start(patienceSeconds)
  const apiKeyId = await deleteKey(noon)
  let answer = () => {}
  const slow = new Promise<void>(resolve => (answer = resolve))
  const found = { apiKeyId, userId: 'ada', email: 'ada@example.com', scopes: [], expiresAt: null, organization: null }
  const looking = apiKeyCache.verify(hash, () => slow.then(() => found))
  await nextReading()
  answer()
  await looking
  t.equal(apiKeyCache.recall(hash), null)
})

t.test('sessions are removed when their time is over, also if nothing else is revoked', async t => {
  const { start, endSession, nextReading, revokedSessions, time } = await testFeed(t)
  await endSession(noon)
  await start(patienceSeconds)
  t.equal(revokedSessions.size, 1)
  time.seconds = 900
  await nextReading()
  t.equal(revokedSessions.size, 0)
})

t.test('until the first reading is done the feed is stale', async t => {
  const { start, isStale } = await testFeed(t)
  t.ok(isStale())
  await start(patienceSeconds)
  t.notOk(isStale())
})

t.test('it is stale when the last reading that succeeded began too long ago', async t => {
  const { start, isStale, failWith, time } = await testFeed(t)
  await start(patienceSeconds)
  failWith(new Error('down'))
  time.seconds = 10
  t.notOk(isStale())
  time.seconds = 10.001
  t.ok(isStale(), 'from that moment on, whether or not a caller has noticed')
})

t.test('a reading that took too long is out of date when it is done', async t => {
  const { start, isStale, time, changes } = await testFeed(t, { everySeconds: 3600 })
  const reading = start(patienceSeconds)
  time.seconds = 11
  await reading
  t.ok(isStale())
  t.same(changes, ['stale'])
})

t.test('staleness, its end and its cause are each reported once', async t => {
  const { start, nextReading, isStale, failWith, time, changes, failures } = await testFeed(t)
  await start(patienceSeconds)
  const failure = new Error('the database is down')
  failWith(failure)
  await nextReading()
  t.same([changes, failures], [[], [failure]], 'a reading may fail')
  time.seconds = 11
  await nextReading()
  await nextReading()
  t.same([changes, failures], [['stale'], [failure]])
  failWith(null)
  await nextReading()
  t.notOk(isStale())
  t.same(changes, ['stale', 'recovered'])
  failWith(failure)
  await nextReading()
  t.same(failures, [failure, failure], 'and of the next time')
})

t.test('staleness that the next reading ends is reported too: the process may have been suspended', async t => {
  const { start, nextReading, time, changes } = await testFeed(t)
  await start(patienceSeconds)
  t.same(changes, [], 'nor is a start reported')
  time.seconds = 11
  await nextReading()
  t.same(changes, ['stale', 'recovered'])
})

t.test('a start waits no longer than its patience', async t => {
  let finish = () => {}
  const slow = new Promise<void>(resolve => (finish = resolve))
  const { start, isStale } = await testFeed(t, { revocations: { list: () => slow.then(() => []) } })
  const before = performance.now()
  await start(0.05)
  const milliseconds = performance.now() - before
  t.ok(milliseconds >= 49 && milliseconds < 5_000, `${milliseconds} ms`)
  t.ok(isStale())
  finish()
})

t.test('a start that cannot read resolves, and the next reading is tried', async t => {
  const { start, nextReading, isStale, failWith, changes } = await testFeed(t)
  failWith(new Error('down'))
  await start(patienceSeconds)
  t.same(changes, ['stale'])
  failWith(null)
  await nextReading()
  t.notOk(isStale())
})

t.test('readings have a pause between them, and never run beside each other', async t => {
  const began: number[] = []
  let underWay = 0
  const list = async () => {
    underWay += 1
    began.push(performance.now())
    t.equal(underWay, 1)
    await new Promise(resolve => setTimeout(resolve, 20))
    underWay -= 1
    return []
  }
  const { start, stop } = await testFeed(t, { revocations: { list }, everySeconds: 0.05 })
  await start(patienceSeconds)
  while (began.length < 6) await new Promise(resolve => setTimeout(resolve, 5))
  await stop()
  const gaps = began.slice(1).map((time, index) => time - (began[index] ?? 0))
  t.ok(Math.min(...gaps) >= 58, `${gaps}`)
})

t.test('a stop waits for the reading that is under way, and none follows', async t => {
  const feed = slowFeed()
  const { start, stop } = await testFeed(t, { revocations: feed })
  const starting = start(patienceSeconds)
  let isStopped = false
  const stopping = stop().then(() => {
    isStopped = true
  })
  await new Promise(setImmediate)
  t.notOk(isStopped)
  feed.finish()
  await Promise.all([starting, stopping])
  await new Promise(resolve => setTimeout(resolve, 20))
  t.equal(feed.count, 1)
})

t.test('a feed that was never started stops immediately', async t => {
  const { stop } = await testFeed(t)
  await t.resolves(stop())
})

t.test('it reports when it has read, and the delay from each revocation until then', async t => {
  const measurements: Measurement[] = []
  const { start, endSession, nextReading, time } = await testFeed(t, {
    measure: measurement => measurements.push(measurement),
  })
  const valuesOf = (name: MetricName) =>
    measurements.filter(measurement => measurement.name === name).map(({ value }) => value)
  await endSession(noon - 5000)
  await start(patienceSeconds)
  t.same(valuesOf('fast_auth_feed_lag_seconds'), [], 'not of what was revoked before it began')
  t.same(valuesOf('fast_auth_feed_read_timestamp_seconds'), [noon / 1000])
  time.seconds = 3
  await endSession(noon + 1000)
  await endSession(noon + 9000)
  await nextReading()
  await nextReading()
  t.same(valuesOf('fast_auth_feed_lag_seconds').sort(), [0, 2], 'a clock that is ahead makes no lag below zero')
  t.equal(valuesOf('fast_auth_feed_read_timestamp_seconds').at(-1), noon / 1000 + 3)
})
