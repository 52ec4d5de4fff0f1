import { EventEmitter, once } from 'node:events'
import t from 'tap'
import type { Purge, Purged } from '../../lib/composition/storage.js'
import { createPurgePoller } from '../../lib/purge/purge-poller.js'
import type { Measure } from '../../lib/telemetry/create-measure.js'
import type { Measurement } from '../../lib/telemetry/metric-catalogue.js'

const nothing: Purged = {
  sessions: 0,
  oneTimeTokens: 0,
  messages: 0,
  revocations: 0,
  events: 0,
  passkeyUses: 0,
  signInCodes: 0,
  providerFlows: 0,
  invitations: 0,
}
const hour = 3600

/** A poller over a storage whose answers the test gives; each batch emits `asked`. */
function poller(everySeconds: number, purge: () => Promise<Purged> = async () => nothing, measure?: Measure) {
  const requests: Purge[] = []
  const failures: unknown[] = []
  const signals = new EventEmitter()
  const made = createPurgePoller({
    everySeconds,
    measure,
    batchSize: 7,
    eventLifetimeSeconds: 60,
    clock: () => 190_000_000,
    storage: {
      purge(request) {
        requests.push(request)
        signals.emit('asked')
        return purge()
      },
    },
    onFailure: error => failures.push(error),
  })
  // Its timer keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  return { ...made, requests, failures, asked: () => once(signals, 'asked') }
}

t.test('it purges when the first time has come, and again and again', async t => {
  const { start, stop, requests, asked } = poller(0.001)
  start(0.001)
  for (let round = 0; round < 3; round += 1) await asked()
  await stop()
  t.same(requests[0], { now: 190_000_000, revokedBefore: 100_000_000, eventsBefore: 189_940_000, limit: 7 })
})

t.test('nothing is purged before the first time has come', async t => {
  const { start, stop, requests } = poller(0.001)
  start(hour)
  await new Promise(resolve => setTimeout(resolve, 20))
  await stop()
  t.same(requests, [])
})

t.test('a purge that fails is reported, and the next one continues', async t => {
  const failure = new Error('the disk is full')
  const waiting = [failure]
  const { start, stop, failures, asked } = poller(0.001, async () => {
    for (const error of waiting.splice(0)) throw error
    return nothing
  })
  start(0.001)
  await asked()
  await asked()
  await stop()
  t.same(failures, [failure])
})

t.test('a stop waits for the batch that is under way, and no other one begins', async t => {
  let finish = (_: Purged) => {}
  const batch = new Promise<Purged>(resolve => {
    finish = resolve
  })
  const { start, stop, requests, asked } = poller(0.001, () => batch)
  start(0.001)
  await asked()
  let isStopped = false
  const stopped = stop().then(() => {
    isStopped = true
  })
  await new Promise(setImmediate)
  t.notOk(isStopped)
  finish({ ...nothing, sessions: 7 })
  await stopped
  await new Promise(resolve => setTimeout(resolve, 20))
  t.equal(requests.length, 1)
})

t.test('polls that were never started stop immediately', async t => {
  await t.resolves(poller(hour).stop())
})

t.test('each round is measured, and what it removed is counted by kind', async t => {
  const measurements: Measurement[] = []
  const batches = [{ ...nothing, sessions: 5, events: 2 }, nothing]
  const { start, stop, asked } = poller(
    60,
    async () => batches.shift() ?? nothing,
    measurement => measurements.push(measurement),
  )
  start(0.001)
  await asked()
  await asked()
  await stop()
  const rows = measurements.filter(({ name }) => name === 'fast_auth_purged_rows_total')
  t.same(Object.fromEntries(rows.map(({ labels, value }) => [Object.values(labels)[0], value])), {
    ...nothing,
    sessions: 5,
    events: 2,
  })
  t.hasStrict(measurements.at(-1), { name: 'fast_auth_purge_round_seconds', labels: { outcome: 'done' } })
})

t.test('a round that ends early is measured as failed', async t => {
  const measurements: Measurement[] = []
  const refuse = () => Promise.reject(new Error('connection refused'))
  const { start, stop, asked } = poller(60, refuse, measurement => measurements.push(measurement))
  start(0.001)
  await asked()
  await stop()
  t.hasStrict(measurements, [{ name: 'fast_auth_purge_round_seconds', labels: { outcome: 'failed' } }])
})
