import t from 'tap'
import { createMeasure } from '../../lib/telemetry/create-measure.js'
import type { Measurement, MetricName } from '../../lib/telemetry/metric-catalogue.js'

const refused: Measurement = { name: 'fast_auth_hashes_refused_total', value: 1, labels: {} }
const running: Measurement = { name: 'fast_auth_hashes_running', value: 2, labels: {} }

function measuring(metrics: ((measurement: Measurement) => unknown) | undefined) {
  const failures: [message: string, name: MetricName][] = []
  const onFailure = (error: unknown, name: MetricName) => failures.push([(error as Error).message, name])
  return { measure: createMeasure({ metrics, onFailure }), failures }
}

t.test('whoever asks is told of each measurement, as it is', async t => {
  const told: Measurement[] = []
  const { measure } = measuring(measurement => told.push(measurement))
  measure?.(refused)
  measure?.(running)
  t.strictSame(told, [refused, running])
})

t.test('where nobody asks there is nothing to call', async t => {
  t.equal(measuring(undefined).measure, undefined)
})

t.test('a function that throws is told of once a name, and is no trouble to who measures', async t => {
  const { measure, failures } = measuring(({ name }) => {
    throw new Error(`no such instrument: ${name}`)
  })
  for (const measurement of [refused, refused, running, refused]) measure?.(measurement)
  t.same(failures, [
    ['no such instrument: fast_auth_hashes_refused_total', 'fast_auth_hashes_refused_total'],
    ['no such instrument: fast_auth_hashes_running', 'fast_auth_hashes_running'],
  ])
})

t.test('neither is one that rejects: the process goes on', async t => {
  const { measure, failures } = measuring(async () => {
    throw new Error('not connected')
  })
  measure?.(refused)
  measure?.(refused)
  await new Promise(setImmediate)
  t.same(failures, [['not connected', 'fast_auth_hashes_refused_total']])
})
