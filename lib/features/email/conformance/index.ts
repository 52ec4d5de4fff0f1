import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { askingTokenCases } from './asking-token-cases.js'
import { askingTokenRaceCases } from './asking-token-race-cases.js'
import { claimCases } from './claim-cases.js'
import { emailChangeCases } from './email-change-cases.js'
import { emailChangeRevocationCases } from './email-change-revocation-cases.js'
import { emailConfirmationCases } from './email-confirmation-cases.js'
import { oneTimeTokensCases } from './one-time-tokens-cases.js'
import { outboxCases } from './outbox-cases.js'
import { outboxRaceCases } from './outbox-race-cases.js'
import { outboxSteps } from './outbox-steps.js'
import { passwordMessageCases } from './password-message-cases.js'
import { passwordResetCases } from './password-reset-cases.js'
import { stepMessagesCases } from './step-messages-cases.js'
import { tokenConsumptionCases } from './token-consumption-cases.js'
import { tokenRaceCases } from './token-race-cases.js'
import { tokenSteps } from './token-steps.js'
import { userTokenCases } from './user-token-cases.js'

/** Cases and steps of mailed tokens, and of the messages that carry them. */
export const emailConformance: FeatureConformance = {
  feature: 'email',
  cases: [
    ...oneTimeTokensCases,
    ...tokenConsumptionCases,
    ...userTokenCases,
    ...emailConfirmationCases,
    ...passwordResetCases,
    ...emailChangeCases,
    ...askingTokenCases,
    ...emailChangeRevocationCases,
    ...outboxCases,
    ...claimCases,
    ...stepMessagesCases,
    ...passwordMessageCases,
    ...tokenRaceCases,
    ...askingTokenRaceCases,
    ...outboxRaceCases,
  ],
  steps: [...tokenSteps, ...outboxSteps],
}
