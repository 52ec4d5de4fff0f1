import type { Measurement, MetricName } from './metric-catalogue.js'

/** Reports a measurement. Never throws. Without the option `metrics` it is `undefined`, and nothing is measured. */
export type Measure = (measurement: Measurement) => void

export interface MeasureSettings {
  /** The application's own function. */
  readonly metrics: ((measurement: Measurement) => unknown) | undefined
  /** Called with the first failure of each name: there may be thousands a second. Must not throw. */
  onFailure(error: unknown, name: MetricName): void
}

/** Errors of the application's function do not fail the request, which does not wait for it either. */
export function createMeasure({ metrics, onFailure }: MeasureSettings): Measure | undefined {
  if (metrics === undefined) return undefined
  const failed = new Set<MetricName>()

  function fail(error: unknown, name: MetricName): void {
    if (failed.has(name)) return
    failed.add(name)
    onFailure(error, name)
  }

  return measurement => {
    try {
      const answer = metrics(measurement)
      if (answer instanceof Promise) answer.catch(error => fail(error, measurement.name))
    } catch (error) {
      fail(error, measurement.name)
    }
  }
}
