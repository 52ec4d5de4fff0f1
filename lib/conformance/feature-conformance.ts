import type { ConformanceCase } from './conformance-case.js'
import type { StepOf } from './step.js'

/** The part of the suite that belongs to one feature. */
export interface FeatureConformance {
  /** The name of its folder in `lib/features`. */
  readonly feature: string
  readonly cases: readonly ConformanceCase[]
  /** A step for each of its methods that writes. The suite repeats, interrupts and crashes each. */
  readonly steps: readonly StepOf[]
}
