import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { askingUserCases } from './asking-user-cases.js'
import { emailMarkingCases } from './email-marking-cases.js'
import { passwordlessCases } from './passwordless-cases.js'
import { profileCases } from './profile-cases.js'
import { userCountCases } from './user-count-cases.js'
import { userDeletionCases } from './user-deletion-cases.js'
import { userDisablingCases } from './user-disabling-cases.js'
import { userDisablingRaceCases } from './user-disabling-race-cases.js'
import { userListCases } from './user-list-cases.js'
import { userRaceCases } from './user-race-cases.js'
import { userSteps } from './user-steps.js'
import { usernameCases } from './username-cases.js'
import { usersCases } from './users-cases.js'

/** Cases and steps of accounts. */
export const accountConformance: FeatureConformance = {
  feature: 'accounts',
  cases: [
    ...usersCases,
    ...userListCases,
    ...userCountCases,
    ...passwordlessCases,
    ...profileCases,
    ...usernameCases,
    ...emailMarkingCases,
    ...userDisablingCases,
    ...userDeletionCases,
    ...askingUserCases,
    ...userRaceCases,
    ...userDisablingRaceCases,
  ],
  steps: userSteps,
}
