import { apiKeySteps } from './api-key-steps.js'
import { outboxSteps } from './outbox-steps.js'
import { purgeStep } from './purge-step.js'
import { sessionSteps } from './session-steps.js'
import type { StepOf } from './step.js'
import { tokenSteps } from './token-steps.js'
import { userSteps } from './user-steps.js'

/** A step for each method that writes. */
export const steps: readonly StepOf[] = [
  ...userSteps,
  ...sessionSteps,
  ...tokenSteps,
  ...apiKeySteps,
  ...outboxSteps,
  purgeStep,
]
