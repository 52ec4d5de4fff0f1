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

t.test('a function of the application gets each measurement, unchanged', async t => {
  const measurements: Measurement[] = []
  const { measure } = measuring(measurement => measurements.push(measurement))
  measure?.(refused)
  measure?.(running)
  t.strictSame(measurements, [refused, running])
})

t.test('without a function of the application there is nothing to call', async t => {
  t.equal(measuring(undefined).measure, undefined)
})

t.test('a function that throws is reported once for each name, and does not affect the caller', async t => {
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
