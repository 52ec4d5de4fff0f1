import { hashingTurn } from './hash-limits.js'
import type { Limits } from './limits.js'
import { admitted } from './verdict.js'

/** Used if the application has its own limits. */
export const noLimits: Limits = {
  signIn: (_guess, check) => check(),
  password: (_guess, check) => check(),
  mail: async () => ({ isAdmitted: true, delayMilliseconds: 0 }),
  hash: async origin => ({ turn: hashingTurn(origin), takeBack: admitted.takeBack }),
  apiKeyFailure: () => {},
}
