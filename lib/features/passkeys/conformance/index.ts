import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { endPasskeySessionsCases } from './end-passkey-sessions-cases.js'
import { findPasskeysCases } from './find-passkeys-cases.js'
import { illFormedPasskeyCases } from './ill-formed-passkey-cases.js'
import { passkeyExactnessCases } from './passkey-exactness-cases.js'
import { passkeyFollowUpCases } from './passkey-follow-up-cases.js'
import { passkeyMessageCases } from './passkey-message-cases.js'
import { passkeyProofCases } from './passkey-proof-cases.js'
import { passkeyProofOrderCases } from './passkey-proof-order-cases.js'
import { passkeyProofRaceCases } from './passkey-proof-race-cases.js'
import { passkeyPurgeCases } from './passkey-purge-cases.js'
import { passkeyRaceCases } from './passkey-race-cases.js'
import { passkeySessionCases } from './passkey-session-cases.js'
import { passkeySteps } from './passkey-steps.js'
import { registerPasskeyCases } from './register-passkey-cases.js'
import { removePasskeyCases } from './remove-passkey-cases.js'
import { renamePasskeyCases } from './rename-passkey-cases.js'

/** Cases and steps of passkeys, and of their proof. */
export const passkeyConformance: FeatureConformance = {
  feature: 'passkeys',
  cases: [
    ...registerPasskeyCases,
    ...findPasskeysCases,
    ...renamePasskeyCases,
    ...removePasskeyCases,
    ...passkeySessionCases,
    ...endPasskeySessionsCases,
    ...passkeyProofCases,
    ...passkeyProofOrderCases,
    ...passkeyFollowUpCases,
    ...passkeyMessageCases,
    ...passkeyExactnessCases,
    ...illFormedPasskeyCases,
    ...passkeyPurgeCases,
    ...passkeyProofRaceCases,
    ...passkeyRaceCases,
  ],
  steps: passkeySteps,
}
