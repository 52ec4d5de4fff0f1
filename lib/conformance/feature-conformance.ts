import { type ConformanceCase, needing } from './conformance-case.js'
import { optionalFeatures } from './optional-features.js'
import type { StepOf } from './step.js'

/** The part of the suite that belongs to one feature. */
export interface FeatureConformance {
  /** The name of its folder in `lib/features`. */
  readonly feature: string
  readonly cases: readonly ConformanceCase[]
  /** A step for each of its methods that writes. The suite repeats, interrupts and crashes each. */
  readonly steps: readonly StepOf[]
}

/** Returns the part of a feature. If the feature is optional, each case and step needs it. */
export function partOfFeature({
  feature,
  cases,
  steps,
}: FeatureConformance): Pick<FeatureConformance, 'cases' | 'steps'> {
  const own = optionalFeatures.filter(name => name === feature)
  return { cases: needing(own, cases), steps: needing(own, steps) }
}
