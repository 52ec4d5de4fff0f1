import { EventEmitter, once } from 'node:events'
import t from 'tap'
import type { AuthEvent } from '../../lib/events/auth-event.js'
import { createEventLog } from '../../lib/features/audit-log/event-log.js'
import type { EventRecord } from '../../lib/features/audit-log/event-record.js'

const at = '2026-01-01T12:00:00.000Z'
const about = { at, userId: '1', sessionId: '2', ip: '203.0.113.9', userAgent: 'Mozilla', requestId: 'req-1' }
const event: AuthEvent = { name: 'authn_login_success', ...about }
const hour = 3600

/** An event log whose writes the test sees; each write emits `written`. */
function noting({ everySeconds = hour, maximumWaiting = 10_000, fails = (): boolean => false } = {}) {
  const writes: (readonly EventRecord[])[] = []
  const failures: unknown[] = []
  const signals = new EventEmitter()
  const log = createEventLog({
    everySeconds,
    maximumWaiting,
    events: {
      async add({ events }) {
        if (fails()) throw new Error('the disk is full')
        writes.push(events)
        signals.emit('written')
      },
    },
    onFailure: error => failures.push(error),
  })
  return { log, writes, failures, written: () => once(signals, 'written') }
}

t.test('nothing is written before it is time', async t => {
  const { log, writes } = noting()
  log.note(event)
  await new Promise(setImmediate)
  t.same(writes, [])
})

t.test('an event is written with an id, its instant, and null for what it doesn’t say', async t => {
  const { log, writes } = noting()
  log.note(event)
  log.note({ name: 'authn_token_created', apiKeyId: '3', reason: 'rolled', ...about })
  log.note({ name: 'authn_token_revoked', reason: 'sign_out', ...about })
  await log.flush()
  const { at: _, ...rest } = about
  const happenedAt = Date.parse(at)
  t.strictSame(
    writes.flat().map(({ id: _, ...record }) => record),
    [
      { name: 'authn_login_success', happenedAt, reason: null, apiKeyId: null, details: {}, ...rest },
      { name: 'authn_token_created', happenedAt, reason: 'rolled', apiKeyId: '3', details: {}, ...rest },
      { name: 'authn_token_revoked', happenedAt, reason: 'sign_out', apiKeyId: null, details: {}, ...rest },
    ],
  )
})

t.test('ids are UUIDs of version 7 that sort as the events came, also if a clock goes back', async t => {
  const { log, writes } = noting()
  for (let count = 0; count < 5_000; count += 1) log.note(event)
  log.note({ ...event, at: '2025-01-01T12:00:00.000Z' })
  log.note({ ...event, at: '2027-01-01T12:00:00.000Z' })
  await log.flush()
  const ids = writes.flat().map(({ id }) => id)
  t.same(ids.toSorted(), ids)
  t.equal(new Set(ids).size, 5_002)
  for (const id of ids) t.match(id, /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
  t.equal(Number.parseInt(ids[0]?.slice(0, 13).replace('-', '') ?? '', 16), Date.parse(at))
})

t.test('a batch holds a hundred events', async t => {
  const { log, writes } = noting()
  for (let count = 0; count < 250; count += 1) log.note(event)
  await log.flush()
  t.same(
    writes.map(({ length }) => length),
    [100, 100, 50],
  )
})

t.test('when it is time they are written unasked, and what comes later the next time', async t => {
  // Its timer keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const { log, writes, written } = noting({ everySeconds: 0.01 })
  log.note(event)
  await written()
  log.note(event)
  await written()
  t.equal(writes.flat().length, 2)
})

t.test('a failed write is reported, and the next one includes its events, in order and with the same ids', async t => {
  let isDown = true
  const { log, writes, failures } = noting({ fails: () => isDown })
  log.note(event)
  await log.flush()
  t.match(failures, [{ message: 'the disk is full' }])
  isDown = false
  log.note({ name: 'session_renewed', ...about })
  await log.flush()
  t.same(
    writes.flat().map(({ name }) => name),
    ['authn_login_success', 'session_renewed'],
  )
  t.equal(failures.length, 1)
})

t.test('the number of waiting events is bounded, and the number of dropped events is reported once', async t => {
  let isDown = true
  const { log, writes, failures } = noting({ maximumWaiting: 2, fails: () => isDown })
  for (let count = 0; count < 5; count += 1) log.note(event)
  await log.flush()
  isDown = false
  await log.flush()
  t.match(failures, [{ message: '3 events were not kept: more than 2 were waiting' }, { message: 'the disk is full' }])
  t.equal(writes.flat().length, 2)
})

t.test('an event that is added during a write is written after it', async t => {
  const { log, writes, written } = noting()
  log.note(event)
  const first = written()
  const flushed = log.flush()
  await first
  log.note(event)
  await Promise.all([flushed, log.flush()])
  t.equal(writes.flat().length, 2)
})
