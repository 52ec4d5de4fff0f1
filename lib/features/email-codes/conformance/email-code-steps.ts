import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import { stateOf, visibleIn } from '../../../conformance/account-state.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { byId, claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import {
  type CodeAccount,
  codeProofOf,
  mailOf,
  randomCode,
  signInOf,
  storeCode,
  storeProvenAccount,
  storeUnprovenAccount,
  trialOf,
  wrongTrialOf,
} from './code-account.js'
import { provenState } from './prove-address-cases.js'

const findCode = ({ signInCodes }: Storage, { user, now }: Pick<CodeAccount, 'user' | 'now'>) =>
  signInCodes.find({ email: user.email, now })

/** All methods that change or use codes. */
export const emailCodeSteps: readonly StepOf[] = [
  {
    method: 'signInCodes.issue',
    async prepare(storage) {
      const user = await storeUser(storage)
      await storeCode(storage, user)
      const { createdAt: now } = user
      const [code, messages] = [randomCode(user), hasFeature(storage, 'email') ? mailOf(user) : []]
      return {
        attempt: storage => outcomeOf(storage.signInCodes.issue({ code, messages })),
        first: 'issued',
        again: ['issued', 'rejected'],
        observe: async storage => [
          await findCode(storage, { user, now }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [code, byId(messages.map(message => claimedForGood(message, now)))],
      }
    },
  },
  {
    method: 'signInCodes.tryCode with a right code',
    async prepare(storage) {
      const account = await storeUnprovenAccount(storage)
      const { code, now } = account
      return {
        attempt: storage => outcomeOf(storage.signInCodes.tryCode(trialOf(code, { now }))),
        first: 'right',
        again: ['right'],
        observe: async storage => [await stateOf(storage, account), await findCode(storage, account)],
        effect: [visibleIn(storage, provenState(account)), code],
      }
    },
  },
  {
    method: 'signInCodes.tryCode with the last wrong code',
    async prepare(storage) {
      const account = await storeProvenAccount(storage)
      const code = await storeCode(storage, account.user, { triesLeft: 1 })
      const trial = wrongTrialOf(code)
      return {
        attempt: storage => outcomeOf(storage.signInCodes.tryCode(trial)),
        first: 'wrong',
        again: ['wrong'],
        observe: storage => findCode(storage, account),
        effect: null,
      }
    },
  },
  {
    method: 'sessions.open with a mailed code',
    async prepare(storage) {
      const account = await storeProvenAccount(storage)
      const { user, now } = account
      const request = signInOf(account, [codeProofOf(account.code)])
      const { session } = request
      return {
        attempt: storage => outcomeOf(storage.sessions.open(request)),
        first: 'opened',
        again: ['stale'],
        observe: async storage => [
          await storage.sessions.find({ sessionId: session.id, now }),
          await storage.users.find({ userId: user.id }),
          await findCode(storage, account),
        ],
        effect: [session, { ...user, lastSignInAt: now }, null],
      }
    },
  },
  {
    method: 'sessions.reauthenticate with a mailed code',
    async prepare(storage) {
      const account = await storeProvenAccount(storage)
      const { sessions, code, now } = account
      const [session] = sessions
      const request = reauthenticationOf(account, { proofs: [codeProofOf(code)], methods: ['email'] })
      const methods = ['password', 'email']
      const changed = { generation: session.generation + 2, methods, authenticatedAt: now, rotatedAt: now }
      return {
        attempt: storage => outcomeOf(storage.sessions.reauthenticate(request)),
        first: 'reauthenticated',
        again: ['stale'],
        observe: async storage => [
          await storage.sessions.find({ sessionId: session.id, now }),
          await findCode(storage, account),
        ],
        effect: [{ ...session, ...changed, expiresAt: request.idleExpiresAt }, null],
      }
    },
  },
]
