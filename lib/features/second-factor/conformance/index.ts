import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { clearCases } from './clear-cases.js'
import { confirmTotpCases } from './confirm-totp-cases.js'
import { enrolmentRaceCases } from './enrolment-race-cases.js'
import { followUpCases } from './follow-up-cases.js'
import { proofOrderCases } from './proof-order-cases.js'
import { proofRaceCases } from './proof-race-cases.js'
import { recoveryCodeProofCases } from './recovery-code-proof-cases.js'
import { removalRaceCases } from './removal-race-cases.js'
import { removeTotpCases } from './remove-totp-cases.js'
import { renewRecoveryCodesCases } from './renew-recovery-codes-cases.js'
import { repeatedKindCases } from './repeated-kind-cases.js'
import { secondFactorExactnessCases } from './second-factor-exactness-cases.js'
import { secondFactorMessageCases } from './second-factor-message-cases.js'
import { secondFactorSteps } from './second-factor-steps.js'
import { startTotpCases } from './start-totp-cases.js'
import { totpProofCases } from './totp-proof-cases.js'

/** Cases and steps of authenticator apps and recovery codes, and of their proofs. */
export const secondFactorConformance: FeatureConformance = {
  feature: 'second-factor',
  cases: [
    ...startTotpCases,
    ...confirmTotpCases,
    ...removeTotpCases,
    ...renewRecoveryCodesCases,
    ...clearCases,
    ...totpProofCases,
    ...recoveryCodeProofCases,
    ...proofOrderCases,
    ...repeatedKindCases,
    ...followUpCases,
    ...secondFactorMessageCases,
    ...secondFactorExactnessCases,
    ...proofRaceCases,
    ...enrolmentRaceCases,
    ...removalRaceCases,
  ],
  steps: secondFactorSteps,
}
