import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { askingSessionCases } from './asking-session-cases.js'
import { feedRaceCases } from './feed-race-cases.js'
import { proofCases } from './proof-cases.js'
import { reauthenticationCases } from './reauthentication-cases.js'
import { reauthenticationRaceCases } from './reauthentication-race-cases.js'
import { repetitionCases } from './repetition-cases.js'
import { revocationsCases } from './revocations-cases.js'
import { rotationCases } from './rotation-cases.js'
import { sessionLimitCases } from './session-limit-cases.js'
import { sessionRaceCases } from './session-race-cases.js'
import { sessionRevocationCases } from './session-revocation-cases.js'
import { sessionSteps } from './session-steps.js'
import { sessionsCases } from './sessions-cases.js'
import { unconfirmedRotationCases } from './unconfirmed-rotation-cases.js'

/** Cases and steps of sessions, and of the feed that records their end. */
export const sessionConformance: FeatureConformance = {
  feature: 'sessions',
  cases: [
    ...sessionsCases,
    ...proofCases,
    ...sessionLimitCases,
    ...sessionRevocationCases,
    ...reauthenticationCases,
    ...rotationCases,
    ...repetitionCases,
    ...unconfirmedRotationCases,
    ...askingSessionCases,
    ...revocationsCases,
    ...sessionRaceCases,
    ...reauthenticationRaceCases,
    ...feedRaceCases,
  ],
  steps: sessionSteps,
}
