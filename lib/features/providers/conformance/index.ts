import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { adoptIdentityCases } from './adopt-identity-cases.js'
import { adoptIdentityOrderCases } from './adopt-identity-order-cases.js'
import { adoptIdentityRaceCases } from './adopt-identity-race-cases.js'
import { identityExactnessCases } from './identity-exactness-cases.js'
import { identityFollowUpCases } from './identity-follow-up-cases.js'
import { identityMessageCases } from './identity-message-cases.js'
import { identityProofCases } from './identity-proof-cases.js'
import { identityRaceCases } from './identity-race-cases.js'
import { identitySteps } from './identity-steps.js'
import { illFormedIdentityCases } from './ill-formed-identity-cases.js'
import { linkIdentityCases } from './link-identity-cases.js'
import { providerFlowCases } from './provider-flow-cases.js'
import { providerFlowPurgeCases } from './provider-flow-purge-cases.js'
import { providerFlowRaceCases } from './provider-flow-race-cases.js'
import { providerFlowSteps } from './provider-flow-steps.js'
import { signUpWithIdentityCases } from './sign-up-with-identity-cases.js'
import { unlinkIdentityCases } from './unlink-identity-cases.js'
import { unlinkedSessionCases } from './unlinked-session-cases.js'

/** Cases and steps of identities at providers, of their proof, and of flows. */
export const providerConformance: FeatureConformance = {
  feature: 'providers',
  cases: [
    ...linkIdentityCases,
    ...signUpWithIdentityCases,
    ...adoptIdentityCases,
    ...adoptIdentityOrderCases,
    ...unlinkIdentityCases,
    ...unlinkedSessionCases,
    ...identityProofCases,
    ...identityFollowUpCases,
    ...identityMessageCases,
    ...providerFlowCases,
    ...identityExactnessCases,
    ...illFormedIdentityCases,
    ...providerFlowPurgeCases,
    ...identityRaceCases,
    ...adoptIdentityRaceCases,
    ...providerFlowRaceCases,
  ],
  steps: [...identitySteps, ...providerFlowSteps],
}
