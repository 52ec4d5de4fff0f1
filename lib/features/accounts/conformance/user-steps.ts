import { type AccountState, findToken, stateOf, visibleIn } from '../../../conformance/account-state.js'
import { randomTime, randomUser, randomWord } from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { recordsOfSignUp, signUpOf } from '../../../conformance/sign-up-of.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { type Account, storeAccount, storeUser } from '../../../conformance/stored-records.js'
import { claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import type { EpochMilliseconds } from '../../../storage/records.js'

/** Returns the visible state of an account without records. */
function endedAt({ sessions, apiKeys }: Account, now: EpochMilliseconds): AccountState {
  const lines = [...sessions.map(one => sessionLine(one, now)), ...apiKeys.map(one => apiKeyLine(one, now))]
  return {
    user: null,
    sessions: [null, null, null],
    apiKeys: [null, null],
    tokens: { confirmEmail: null, resetPassword: null, changeEmail: null },
    revocations: inFeedOrder(lines),
  }
}

/** All methods that change users. */
export const userSteps: readonly StepOf[] = [
  {
    method: 'users.create',
    async prepare(storage) {
      const user = randomUser()
      const records = recordsOfSignUp(storage, user)
      const { session, token, messages } = records
      const now = user.createdAt
      return {
        attempt: storage => outcomeOf(storage.users.create(signUpOf(user, records))),
        first: 'created',
        again: ['emailTaken'],
        observe: async storage => [
          await storage.users.find({ userId: user.id }),
          await storage.sessions.find({ sessionId: session.id, now }),
          token && (await findToken(storage, token, now)),
          await takeMessages(storage, messages, now),
        ],
        effect: [user, session, token, messages.map(message => claimedForGood(message, now))],
      }
    },
  },
  {
    method: 'users.updateProfile',
    async prepare(storage) {
      const user = await storeUser(storage)
      const request = { userId: user.id, patch: { language: 'fr' }, username: randomWord(), maximumBytes: 1_000 }
      return {
        attempt: storage => outcomeOf(storage.users.updateProfile(request)),
        first: 'updated',
        again: ['updated'],
        observe: storage => storage.users.find({ userId: user.id }),
        effect: { ...user, username: request.username, profile: { ...user.profile, language: 'fr' } },
      }
    },
  },
  {
    method: 'users.markEmailConfirmed',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, tokens, now } = account
      return {
        attempt: storage => outcomeOf(storage.users.markEmailConfirmed({ userId: user.id, email: user.email, now })),
        first: 'confirmed',
        again: ['confirmed'],
        observe: storage => stateOf(storage, account),
        effect: visibleIn(storage, {
          user: { ...user, emailConfirmedAt: now },
          sessions,
          apiKeys,
          tokens: { ...tokens, confirmEmail: null },
          revocations: [],
        }),
      }
    },
  },
  {
    method: 'users.disable',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { user, apiKeys, now } = account
      return {
        attempt: storage => outcomeOf(storage.users.disable({ userId: user.id, now })),
        first: 'disabled',
        again: ['disabled'],
        observe: storage => stateOf(storage, account),
        effect: visibleIn(storage, { ...endedAt(account, now), user: { ...user, disabledAt: now }, apiKeys }),
      }
    },
  },
  {
    method: 'users.enable',
    async prepare(storage) {
      const user = await storeUser(storage, { disabledAt: randomTime() })
      return {
        attempt: storage => outcomeOf(storage.users.enable({ userId: user.id })),
        first: 'enabled',
        again: ['enabled'],
        observe: storage => storage.users.find({ userId: user.id }),
        effect: { ...user, disabledAt: null },
      }
    },
  },
  {
    method: 'users.delete',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { user, now } = account
      return {
        attempt: storage => outcomeOf(storage.users.delete({ userId: user.id, now })),
        first: 'deleted',
        again: ['unknown'],
        observe: storage => stateOf(storage, account),
        effect: visibleIn(storage, endedAt(account, now)),
      }
    },
  },
]
