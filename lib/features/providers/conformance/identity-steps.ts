import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import { stateOf, visibleIn } from '../../../conformance/account-state.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { randomEmail, randomToken, randomUser } from '../../../conformance/random-records.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeAccount, storeToken } from '../../../conformance/stored-records.js'
import { strippedState } from '../../../conformance/stripped-account.js'
import { byId, claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import type { OutboxMessageRecord } from '../../../storage/records.js'
import {
  adoptionOf,
  identityProofOf,
  linkOf,
  mailOf,
  openWith,
  signInOf,
  signUpWith,
  storeIdentityAccount,
} from './identity-account.js'
import { unlinkOf } from './unlink-identity-cases.js'

const taken = (messages: readonly OutboxMessageRecord[], now: number) =>
  byId(messages.map(message => claimedForGood(message, now)))

/** Stores an account with a session of a provider, which has requested the pending address change. */
async function storeUsedIdentity(storage: Storage) {
  const stored = await storeIdentityAccount(storage)
  const { user, now } = stored
  const [first, second] = stored.identities
  const { session, identity } = await openWith(storage, stored, first)
  const wish = { purpose: 'changeEmail', email: randomEmail(), sessionId: session.id } as const
  const isMailing = hasFeature(storage, 'email')
  const changeEmail = isMailing ? await storeToken(storage, user, wish) : randomToken(user, wish)
  const tokens = { ...stored.tokens, changeEmail }
  const [one, other] = stored.sessions
  const sessions = [one, other, session] as const
  const account = { ...stored, user: { ...user, lastSignInAt: now }, sessions, tokens }
  const revocations = inFeedOrder([sessionLine(session, now)])
  const ended = {
    user: account.user,
    sessions: [one, other, null],
    apiKeys: account.apiKeys,
    tokens: { ...tokens, changeEmail: null },
    revocations,
  }
  return { account, identity, second, ended: visibleIn(storage, ended) }
}

/** All methods that change or use identities. */
export const identitySteps: readonly StepOf[] = [
  {
    method: 'identities.signUp',
    async prepare(storage) {
      const user = { ...randomUser(), passwordHash: null }
      const now = user.createdAt
      const messages = mailOf(storage, { user, now })
      const token = hasFeature(storage, 'email') ? randomToken(user) : null
      const request = signUpWith(user, { token, messages })
      return {
        attempt: storage => outcomeOf(storage.identities.signUp(request)),
        first: 'created',
        again: ['identityTaken'],
        observe: async storage => [
          await storage.users.find({ userId: user.id }),
          await storage.identities.list({ userId: user.id }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [user, [request.identity], taken(messages, now)],
      }
    },
  },
  {
    method: 'identities.adopt',
    async prepare(storage) {
      const account = await storeIdentityAccount(storage)
      const { user, now } = account
      const messages = mailOf(storage, account)
      const request = adoptionOf(account, { messages })
      return {
        attempt: storage => outcomeOf(storage.identities.adopt(request)),
        first: 'linked',
        again: ['identityTaken'],
        observe: async storage => [
          await stateOf(storage, account),
          await storage.identities.list({ userId: user.id }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [visibleIn(storage, strippedState(account)), [request.identity], taken(messages, now)],
      }
    },
  },
  {
    method: 'identities.link',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const messages = mailOf(storage, account)
      const request = linkOf(account, { messages })
      return {
        attempt: storage => outcomeOf(storage.identities.link(request)),
        first: 'linked',
        again: ['present'],
        observe: async storage => [
          await storage.identities.list({ userId: user.id }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [[request.identity], taken(messages, now)],
      }
    },
  },
  {
    method: 'identities.unlink',
    async prepare(storage) {
      const { account, identity, second, ended } = await storeUsedIdentity(storage)
      const { user, now } = account
      const messages = mailOf(storage, account)
      const request = unlinkOf(account, identity, { messages })
      return {
        attempt: storage => outcomeOf(storage.identities.unlink(request)),
        first: 'unlinked',
        again: ['unknown'],
        observe: async storage => [
          await stateOf(storage, account),
          await storage.identities.list({ userId: user.id }),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [ended, [second], taken(messages, now)],
      }
    },
  },
  {
    method: 'sessions.open with an identity',
    async prepare(storage) {
      const account = await storeIdentityAccount(storage)
      const { user, identities, now } = account
      const [identity, other] = identities
      const request = signInOf(account, [identityProofOf(identity)])
      const { session } = request
      return {
        attempt: storage => outcomeOf(storage.sessions.open(request)),
        first: 'opened',
        again: ['opened', 'rejected'],
        observe: async storage => [
          await storage.sessions.find({ sessionId: session.id, now }),
          await storage.users.find({ userId: user.id }),
          await storage.identities.list({ userId: user.id }),
        ],
        effect: [session, { ...user, lastSignInAt: now }, [{ ...identity, lastUsedAt: now }, other]],
      }
    },
  },
  {
    method: 'sessions.reauthenticate with an identity',
    async prepare(storage) {
      const account = await storeIdentityAccount(storage)
      const { user, sessions, identities, now } = account
      const [identity, other] = identities
      const proofs = [identityProofOf(identity)]
      const request = reauthenticationOf(account, { proofs, methods: ['provider'] })
      return {
        attempt: storage => outcomeOf(storage.sessions.reauthenticate(request)),
        first: 'reauthenticated',
        again: ['reauthenticated'],
        observe: async storage => [
          (await storage.sessions.find({ sessionId: sessions[0].id, now }))?.methods,
          await storage.identities.list({ userId: user.id }),
        ],
        effect: [
          ['password', 'provider'],
          [{ ...identity, lastUsedAt: now }, other],
        ],
      }
    },
  },
]
