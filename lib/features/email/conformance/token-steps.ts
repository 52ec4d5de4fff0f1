import { stateOf, visibleIn } from '../../../conformance/account-state.js'
import { randomMessage, randomPasswordHash, randomToken } from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { type Account, storeAccount, storeUser } from '../../../conformance/stored-records.js'
import { claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import type { OneTimeTokenPurpose } from '../../../storage/records.js'
import { consumed, purposes } from './consume-token.js'

const newHash = randomPasswordHash()
const nothingPending = { confirmEmail: null, resetPassword: null, changeEmail: null }

/** State of an account after one of its tokens was consumed. */
const stateAfter = {
  confirmEmail: ({ user, sessions, apiKeys, tokens, now }: Account) => ({
    user: { ...user, emailConfirmedAt: now },
    sessions,
    apiKeys,
    tokens: { ...tokens, confirmEmail: null },
    revocations: [],
  }),
  resetPassword: ({ user, sessions, apiKeys, now }: Account) => ({
    user: { ...user, emailConfirmedAt: now, passwordHash: newHash },
    sessions: [null, null, null],
    apiKeys: [null, null],
    tokens: nothingPending,
    revocations: inFeedOrder([
      ...sessions.map(one => sessionLine(one, now)),
      ...apiKeys.map(one => apiKeyLine(one, now)),
    ]),
  }),
  changeEmail: ({ user, sessions, apiKeys, tokens, now }: Account) => ({
    user: { ...user, email: tokens.changeEmail.email, emailConfirmedAt: now },
    sessions: [sessions[0], null, null],
    apiKeys,
    tokens: nothingPending,
    revocations: inFeedOrder(sessions.slice(1).map(one => sessionLine(one, now))),
  }),
}

function consumptionStep(purpose: OneTimeTokenPurpose): StepOf {
  return {
    method: `oneTimeTokens.${purpose}`,
    async prepare(storage) {
      const account = await storeAccount(storage)
      const request = { hash: account.tokens[purpose].hash, now: account.now, newHash, messages: [] }
      return {
        attempt: ({ oneTimeTokens }) => outcomeOf(oneTimeTokens[purpose](request)),
        first: consumed[purpose],
        again: ['invalid'],
        observe: storage => stateOf(storage, account),
        effect: visibleIn(storage, stateAfter[purpose](account)),
      }
    },
  }
}

/** All methods that change mailed tokens. */
export const tokenSteps: readonly StepOf[] = [
  {
    method: 'oneTimeTokens.issue',
    async prepare(storage) {
      const user = await storeUser(storage)
      const [token, message] = [randomToken(user), randomMessage(user)]
      const { hash, purpose, createdAt: now } = token
      return {
        attempt: storage => outcomeOf(storage.oneTimeTokens.issue({ token, messages: [message] })),
        first: 'issued',
        again: ['issued', 'rejected'],
        observe: async storage => [
          await storage.oneTimeTokens.find({ hash, purpose, now }),
          await takeMessages(storage, [message], now),
        ],
        effect: [{ token, user }, [claimedForGood(message, now)]],
      }
    },
  },
  ...purposes.map(consumptionStep),
]
