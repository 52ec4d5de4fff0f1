import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { eventCases } from './event-cases.js'
import { eventRaceCases } from './event-race-cases.js'
import { eventSteps } from './event-steps.js'

/** Cases and steps of stored events. */
export const auditLogConformance: FeatureConformance = {
  feature: 'audit-log',
  cases: [...eventCases, ...eventRaceCases],
  steps: eventSteps,
}
