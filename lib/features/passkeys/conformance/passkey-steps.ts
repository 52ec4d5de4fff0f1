import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import { stateOf, visibleIn } from '../../../conformance/account-state.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { randomEmail, randomToken } from '../../../conformance/random-records.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { done, outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeAccount, storeToken } from '../../../conformance/stored-records.js'
import { byId, claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import type { OutboxMessageRecord } from '../../../storage/records.js'
import {
  mailOf,
  openWith,
  passkeyProofOf,
  registrationOf,
  type SignedInUser,
  signInOf,
  storePasskeyAccount,
  usedPasskey,
} from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

/** Returns messages to store with the step: none if the storage has no outbox. */
const mailIn = (storage: Storage, account: SignedInUser) => (hasFeature(storage, 'email') ? mailOf(account) : [])

const taken = (messages: readonly OutboxMessageRecord[], now: number) =>
  byId(messages.map(message => claimedForGood(message, now)))

/** Stores an account with a session of its first passkey, which has requested the pending address change. */
async function storeUsedPasskey(storage: Storage) {
  const account = await storePasskeyAccount(storage)
  const { user, now } = account
  const [first, second] = account.passkeys
  const { session, passkey } = await openWith(storage, account, first)
  const wish = { purpose: 'changeEmail', email: randomEmail(), sessionId: session.id } as const
  const isMailing = hasFeature(storage, 'email')
  const changeEmail = isMailing ? await storeToken(storage, user, wish) : randomToken(user, wish)
  const tokens = { ...account.tokens, changeEmail }
  const [one, other] = account.sessions
  const seen = { ...account, user: { ...user, lastSignInAt: now }, sessions: [one, other, session] as const, tokens }
  return { account: seen, session, passkey, second }
}

type UsedPasskey = Awaited<ReturnType<typeof storeUsedPasskey>>

/** Returns the account as it is when the session of the passkey has ended. */
function endedState(storage: Storage, { account, session }: UsedPasskey) {
  const { user, sessions, apiKeys, tokens, now } = account
  const [one, other] = sessions
  const revocations = inFeedOrder([sessionLine(session, now)])
  const state = { user, sessions: [one, other, null], apiKeys, tokens: { ...tokens, changeEmail: null }, revocations }
  return visibleIn(storage, state)
}

async function observe(storage: Storage, { account }: UsedPasskey, messages: readonly OutboxMessageRecord[]) {
  return [
    await stateOf(storage, account),
    await storage.passkeys.list({ userId: account.user.id }),
    byId(await takeMessages(storage, messages, account.now)),
  ]
}

/** All methods that change or use passkeys. */
export const passkeySteps: readonly StepOf[] = [
  {
    method: 'sessions.open with a passkey',
    async prepare(storage) {
      const account = await storePasskeyAccount(storage)
      const { user, passkeys, now } = account
      const [passkey, other] = passkeys
      const proof = passkeyProofOf(passkey)
      const request = signInOf(account, [proof])
      const { session } = request
      return {
        attempt: storage => outcomeOf(storage.sessions.open(request)),
        first: 'opened',
        again: ['spent'],
        observe: async storage => [
          await storage.sessions.find({ sessionId: session.id, now }),
          await storage.users.find({ userId: user.id }),
          await storage.passkeys.list({ userId: user.id }),
        ],
        effect: [session, { ...user, lastSignInAt: now }, [usedPasskey(passkey, proof, now), other]],
      }
    },
  },
  {
    method: 'sessions.reauthenticate with a passkey',
    async prepare(storage) {
      const account = await storePasskeyAccount(storage)
      const { user, sessions, passkeys, now } = account
      const [session] = sessions
      const [passkey, other] = passkeys
      const proof = passkeyProofOf(passkey)
      const request = reauthenticationOf(account, { proofs: [proof], methods: ['passkey'] })
      const methods = ['password', 'passkey']
      const changed = { generation: session.generation + 2, methods, authenticatedAt: now, rotatedAt: now }
      return {
        attempt: storage => outcomeOf(storage.sessions.reauthenticate(request)),
        first: 'reauthenticated',
        again: ['spent'],
        observe: async storage => [
          await storage.sessions.find({ sessionId: session.id, now }),
          await storage.passkeys.list({ userId: user.id }),
        ],
        effect: [
          { ...session, ...changed, expiresAt: request.idleExpiresAt },
          [usedPasskey(passkey, proof, now), other],
        ],
      }
    },
  },
  {
    method: 'passkeys.register',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const messages = mailIn(storage, account)
      const request = registrationOf(account, { messages })
      return {
        attempt: storage => outcomeOf(storage.passkeys.register(request)),
        first: 'registered',
        again: ['spent'],
        observe: async storage => [
          await storage.passkeys.list({ userId: user.id }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [[request.passkey], taken(messages, now)],
      }
    },
  },
  {
    method: 'passkeys.rename',
    async prepare(storage) {
      const { user, sessions, passkeys, now } = await storePasskeyAccount(storage)
      const [passkey, other] = passkeys
      const asking = { sessionId: sessions[0].id, now }
      const request = { passkeyId: passkey.id, userId: user.id, name: 'A new name', asking }
      return {
        attempt: storage => outcomeOf(storage.passkeys.rename(request)),
        first: 'renamed',
        again: ['renamed'],
        observe: storage => storage.passkeys.list({ userId: user.id }),
        effect: [{ ...passkey, name: 'A new name' }, other],
      }
    },
  },
  {
    method: 'passkeys.remove',
    async prepare(storage) {
      const used = await storeUsedPasskey(storage)
      const { account, passkey, second } = used
      const messages = mailIn(storage, account)
      const request = removalOf(account, passkey, { messages })
      return {
        attempt: storage => outcomeOf(storage.passkeys.remove(request)),
        first: 'removed',
        again: ['unknown'],
        observe: storage => observe(storage, used, messages),
        effect: [endedState(storage, used), [second], taken(messages, account.now)],
      }
    },
  },
  {
    method: 'passkeys.endSessions',
    async prepare(storage) {
      const used = await storeUsedPasskey(storage)
      const { account, passkey, second } = used
      const { user, now } = account
      const messages = mailIn(storage, account)
      const request = { passkeyId: passkey.id, userId: user.id, now, messages }
      return {
        attempt: storage => done(storage.passkeys.endSessions(request)),
        first: 'done',
        again: ['done', 'rejected'],
        observe: storage => observe(storage, used, messages),
        effect: [endedState(storage, used), [passkey, second], taken(messages, now)],
      }
    },
  },
]
