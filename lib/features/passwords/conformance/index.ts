import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { passwordCases } from './password-cases.js'
import { passwordChangeCases } from './password-change-cases.js'
import { passwordRaceCases } from './password-race-cases.js'
import { passwordSteps } from './password-steps.js'

/** Cases and steps of passwords. */
export const passwordConformance: FeatureConformance = {
  feature: 'passwords',
  cases: [...passwordCases, ...passwordChangeCases, ...passwordRaceCases],
  steps: passwordSteps,
}
