import { changeOf } from '../../../conformance/account-requests.js'
import { stateOf, visibleIn } from '../../../conformance/account-state.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { randomMessage, randomPasswordHash } from '../../../conformance/random-records.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'
import { claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'

/** All methods that change passwords. */
export const passwordSteps: readonly StepOf[] = [
  {
    method: 'users.changePassword',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, tokens, now } = account
      const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
      const messages = hasFeature(storage, 'email') ? [randomMessage(user, due)] : []
      const change = changeOf(account, { messages })
      const expiresAt = change.idleExpiresAt
      return {
        attempt: storage => outcomeOf(storage.users.changePassword(change)),
        first: 'changed',
        again: ['stale'],
        observe: async storage => [await stateOf(storage, account), await takeMessages(storage, messages, now)],
        effect: [
          visibleIn(storage, {
            user: { ...user, passwordHash: change.newHash },
            sessions: [{ ...sessions[0], generation: 2, rotatedAt: now, expiresAt }, null, null],
            apiKeys,
            tokens: { confirmEmail: tokens.confirmEmail, resetPassword: null, changeEmail: null },
            revocations: inFeedOrder(sessions.slice(1).map(one => sessionLine(one, now))),
          }),
          messages.map(message => claimedForGood(message, now)),
        ],
      }
    },
  },
  {
    method: 'users.replacePasswordHash',
    async prepare(storage) {
      const user = await storeUser(storage)
      const [userId, currentHash, newHash] = [user.id, user.passwordHash, randomPasswordHash()]
      return {
        attempt: storage => outcomeOf(storage.users.replacePasswordHash({ userId, currentHash, newHash })),
        first: 'replaced',
        again: ['stale'],
        observe: storage => storage.users.find({ userId }),
        effect: { ...user, passwordHash: newHash },
      }
    },
  },
]
