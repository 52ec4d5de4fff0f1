import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { emailCodeExactnessCases } from './email-code-exactness-cases.js'
import { emailCodeProofCases } from './email-code-proof-cases.js'
import { emailCodeProofOrderCases } from './email-code-proof-order-cases.js'
import { emailCodePurgeCases } from './email-code-purge-cases.js'
import { emailCodeRaceCases } from './email-code-race-cases.js'
import { emailCodeSteps } from './email-code-steps.js'
import { findSignInCodeCases } from './find-sign-in-code-cases.js'
import { illFormedCodeCases } from './ill-formed-code-cases.js'
import { issueSignInCodeCases } from './issue-sign-in-code-cases.js'
import { proveAddressCases } from './prove-address-cases.js'
import { proveAddressRaceCases } from './prove-address-race-cases.js'
import { signInCodeFollowUpCases } from './sign-in-code-follow-up-cases.js'
import { trySignInCodeCases } from './try-sign-in-code-cases.js'

/** Cases and steps of mailed codes, and of their proof. */
export const emailCodeConformance: FeatureConformance = {
  feature: 'email-codes',
  cases: [
    ...issueSignInCodeCases,
    ...findSignInCodeCases,
    ...trySignInCodeCases,
    ...proveAddressCases,
    ...emailCodeProofCases,
    ...emailCodeProofOrderCases,
    ...signInCodeFollowUpCases,
    ...emailCodeExactnessCases,
    ...illFormedCodeCases,
    ...emailCodePurgeCases,
    ...emailCodeRaceCases,
    ...proveAddressRaceCases,
  ],
  steps: emailCodeSteps,
}
