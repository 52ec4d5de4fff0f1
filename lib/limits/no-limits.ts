import type { Limits } from './limits.js'

/** Used if the application has its own limits. */
export const noLimits: Limits = {
  signIn: (_guess, check) => check(),
  password: (_guess, check) => check(),
  mail: async () => ({ isAdmitted: true, delayMilliseconds: 0 }),
  apiKeyFailure: () => {},
}
