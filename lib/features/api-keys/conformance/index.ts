import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { apiKeyListCases } from './api-key-list-cases.js'
import { apiKeyRaceCases } from './api-key-race-cases.js'
import { apiKeyRollCases } from './api-key-roll-cases.js'
import { apiKeySteps } from './api-key-steps.js'
import { apiKeyUseCases } from './api-key-use-cases.js'
import { apiKeysCases } from './api-keys-cases.js'
import { askingApiKeyCases } from './asking-api-key-cases.js'
import { disabledUserKeyCases } from './disabled-user-key-cases.js'

/** Cases and steps of API keys. */
export const apiKeyConformance: FeatureConformance = {
  feature: 'api-keys',
  cases: [
    ...apiKeysCases,
    ...apiKeyListCases,
    ...apiKeyRollCases,
    ...apiKeyUseCases,
    ...disabledUserKeyCases,
    ...askingApiKeyCases,
    ...apiKeyRaceCases,
  ],
  steps: apiKeySteps,
}
