import type { Storage } from '../../../composition/storage.js'
import { openingOf, reauthenticationOf } from '../../../conformance/account-requests.js'
import { stateOf, visibleIn } from '../../../conformance/account-state.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import { byId, claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import type { OutboxMessageRecord, SessionRecord } from '../../../storage/records.js'
import type { SecondFactors } from '../port.js'
import {
  confirmationOf,
  factorsOf,
  mailOf,
  none,
  type ProtectedAccount,
  randomFactor,
  randomRecoveryCodes,
  storeFactor,
  storeProtectedAccount,
} from './protected-account.js'
import { beside, secondFactorProofs } from './proven-methods.js'

/** Returns messages to store with the step: none if the storage has no outbox. */
const mailIn = (storage: Storage, account: Account) => (hasFeature(storage, 'email') ? mailOf(account) : [])

async function observe(storage: Storage, account: Account, messages: readonly OutboxMessageRecord[]) {
  return [
    await stateOf(storage, account),
    await storage.secondFactors.find({ userId: account.user.id }),
    byId(await takeMessages(storage, messages, account.now)),
  ]
}

/** Returns the expected observation if the first session stays as given, and all others end. */
function effectOf(
  storage: Storage,
  account: Account,
  {
    going,
    factors,
    messages,
  }: { going: SessionRecord | null; factors: SecondFactors; messages: OutboxMessageRecord[] },
) {
  const { user, sessions, apiKeys, tokens, now } = account
  const ended = sessions.filter(({ id }) => id !== going?.id)
  const state = {
    user,
    sessions: [going, null, null],
    apiKeys,
    tokens: going === null ? { ...tokens, changeEmail: null } : tokens,
    revocations: inFeedOrder(ended.map(one => sessionLine(one, now))),
  }
  return [visibleIn(storage, state), factors, byId(messages.map(message => claimedForGood(message, now)))]
}

/** A sign-in and a reauthentication with each proof that is valid once. */
const proofSteps = secondFactorProofs.flatMap(({ name, next }): readonly StepOf[] => {
  const used = (account: ProtectedAccount) => {
    const { factor, lastStep, recoveryCodes } = account
    return name === 'recovery code'
      ? factorsOf(account, { recoveryCodesLeft: recoveryCodes.length - 1 })
      : factorsOf(account, { totp: { ...factor, lastStep: lastStep + 1 } })
  }
  return [
    {
      method: `sessions.open with a ${name}`,
      async prepare(storage) {
        const account = await storeProtectedAccount(storage)
        const request = openingOf(account, { proofs: beside(account, next(account)) })
        const { session } = request
        const { user, now } = account
        return {
          attempt: storage => outcomeOf(storage.sessions.open(request)),
          first: 'opened',
          again: ['spent'],
          observe: async storage => [
            await storage.sessions.find({ sessionId: session.id, now }),
            await storage.users.find({ userId: user.id }),
            await storage.secondFactors.find({ userId: user.id }),
          ],
          effect: [session, { ...user, lastSignInAt: now }, used(account)],
        }
      },
    },
    {
      method: `sessions.reauthenticate with a ${name}`,
      async prepare(storage) {
        const account = await storeProtectedAccount(storage)
        const { user, sessions, now } = account
        const [session] = sessions
        const request = reauthenticationOf(account, { proofs: [next(account)], methods: ['recoveryCode'] })
        const methods = ['password', 'totp', 'recoveryCode']
        const changed = { generation: session.generation + 2, methods, authenticatedAt: now, rotatedAt: now }
        return {
          attempt: storage => outcomeOf(storage.sessions.reauthenticate(request)),
          first: 'reauthenticated',
          again: ['spent'],
          observe: async storage => [
            await storage.sessions.find({ sessionId: session.id, now }),
            await storage.secondFactors.find({ userId: user.id }),
          ],
          effect: [{ ...session, ...changed, expiresAt: request.idleExpiresAt }, used(account)],
        }
      },
    },
  ]
})

/** All methods that change second factors. */
export const secondFactorSteps: readonly StepOf[] = [
  ...proofSteps,
  {
    method: 'secondFactors.startTotp',
    async prepare(storage) {
      const { user, sessions, now } = await storeAccount(storage)
      const factor = randomFactor(user)
      const request = { factor, asking: { sessionId: sessions[0].id, now } }
      return {
        attempt: storage => outcomeOf(storage.secondFactors.startTotp(request)),
        first: 'started',
        again: ['started'],
        observe: storage => storage.secondFactors.find({ userId: user.id }),
        effect: { totp: factor, recoveryCodesLeft: 0 },
      }
    },
  },
  {
    method: 'secondFactors.confirmTotp',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const factor = await storeFactor(storage, account)
      const messages = mailIn(storage, account)
      const request = confirmationOf(account, factor, { messages })
      const { now, idleExpiresAt: expiresAt, recoveryCodes } = request
      const proven = { methods: ['password', 'totp'] as const, authenticatedAt: now }
      const going = { ...account.sessions[0], ...proven, generation: 2, rotatedAt: now, expiresAt }
      const totp = { ...factor, confirmedAt: now, lastStep: request.step }
      const factors = { totp, recoveryCodesLeft: recoveryCodes.length }
      return {
        attempt: storage => outcomeOf(storage.secondFactors.confirmTotp(request)),
        first: 'confirmed',
        again: ['stale'],
        observe: storage => observe(storage, account, messages),
        effect: effectOf(storage, account, { going, factors, messages }),
      }
    },
  },
  {
    method: 'secondFactors.removeTotp',
    async prepare(storage) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const messages = mailIn(storage, account)
      const [going] = sessions
      const request = { userId: user.id, asking: { sessionId: going.id, now }, now, messages }
      return {
        attempt: storage => outcomeOf(storage.secondFactors.removeTotp(request)),
        first: 'removed',
        again: ['unknown'],
        observe: storage => observe(storage, account, messages),
        effect: effectOf(storage, account, { going, factors: none, messages }),
      }
    },
  },
  {
    method: 'secondFactors.renewRecoveryCodes',
    async prepare(storage) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const messages = mailIn(storage, account)
      const recoveryCodes = randomRecoveryCodes(5)
      const request = { userId: user.id, recoveryCodes, asking: { sessionId: sessions[0].id, now }, messages }
      return {
        attempt: storage => outcomeOf(storage.secondFactors.renewRecoveryCodes(request)),
        first: 'renewed',
        again: ['renewed', 'rejected'],
        observe: async storage => [
          await storage.secondFactors.find({ userId: user.id }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [
          factorsOf(account, { recoveryCodesLeft: 5 }),
          byId(messages.map(message => claimedForGood(message, now))),
        ],
      }
    },
  },
  {
    method: 'secondFactors.clear',
    async prepare(storage) {
      const account = await storeProtectedAccount(storage)
      const { user, now } = account
      const messages = mailIn(storage, account)
      return {
        attempt: storage => outcomeOf(storage.secondFactors.clear({ userId: user.id, now, messages })),
        first: 'removed',
        again: ['unknown'],
        observe: storage => observe(storage, account, messages),
        effect: effectOf(storage, account, { going: null, factors: none, messages }),
      }
    },
  },
]
