import type { Limits } from './limits.js'

/** What there is where the application limits by itself. */
export const noLimits: Limits = {
  signIn: (_guess, check) => check(),
  password: (_guess, check) => check(),
  mail: async () => ({ isAdmitted: true, delayMilliseconds: 0 }),
  apiKeyFailure: () => {},
}
