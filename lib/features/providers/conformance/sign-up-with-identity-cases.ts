import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { minuteMilliseconds, randomMessage, randomToken, randomUser } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { UserRecord } from '../../../storage/records.js'
import type { IdentitySignUp, SignUpWithIdentity } from '../port.js'
import {
  expectIdentities,
  identityProofOf,
  openWith,
  randomIdentity,
  signInOf,
  signUpWith,
  storeIdentityAccount,
} from './identity-account.js'

/** Returns a user without a password, whose address a provider has proven. */
function newcomer(overrides: Partial<UserRecord> = {}): UserRecord {
  const user = { ...randomUser(), passwordHash: null }
  return { ...user, emailConfirmedAt: user.createdAt, ...overrides }
}

/** Stores a user with an identity. */
async function signUp(storage: Storage, user: UserRecord): Promise<SignUpWithIdentity> {
  const request = signUpWith(user)
  expectOutcome(await storage.identities.signUp(request), 'created', 'A new address and a new identity can sign up')
  return request
}

/** Checks that the outcome is this one, and that neither the user nor the identity is stored. */
async function expectRefused(
  storage: Storage,
  request: SignUpWithIdentity,
  outcome: IdentitySignUp['outcome'],
  rule: string,
): Promise<void> {
  const { user, identity } = request
  const look = async () => [
    await storage.users.find({ userId: user.id }),
    await storage.users.findByEmail(user),
    await storage.identities.find(identity),
    await storage.identities.list({ userId: user.id }),
  ]
  const before = await look()
  expectEqual(await storage.identities.signUp(request), { outcome }, rule)
  expectEqual(await look(), before, rule)
}

/** Cases for a sign-up with an identity. */
export const signUpWithIdentityCases: readonly ConformanceCase[] = [
  {
    title: 'identities.signUp: the user and the identity are stored as given',
    async run({ storage }) {
      for (const user of [newcomer(), newcomer({ emailConfirmedAt: null, username: null }), randomUser()]) {
        const request = signUpWith(user)
        const rule = 'The user and the identity are stored together'
        expectEqual(await storage.identities.signUp(request), { outcome: 'created' }, rule)
        expectEqual(await storage.users.find({ userId: user.id }), user, rule)
        expectEqual(await storage.users.findByEmail(user), user, rule)
        expectEqual(await storage.identities.find(request.identity), request.identity, rule)
        await expectIdentities(storage, { user }, [request.identity], rule)
        const { items } = await storage.sessions.list({ userId: user.id, now: user.createdAt, limit: 10, offset: 0 })
        expectEqual(items, [], 'A sign-up with an identity opens no session')
      }
    },
  },
  {
    title: 'identities.signUp: the identity opens a session',
    async run({ storage }) {
      const user = newcomer()
      const { identity } = await signUp(storage, user)
      const account = { user, now: user.createdAt + minuteMilliseconds }
      const opened = await openWith(storage, account, identity)
      const { sessions, identities } = storage
      const rule = 'A user without a password signs in with the identity'
      const found = await sessions.find({ sessionId: opened.session.id, now: account.now })
      expectEqual([found, await identities.find(identity)], [opened.session, opened.identity], rule)
    },
  },
  {
    title: 'identities.signUp: an identity that is stored is identityTaken, and nothing is written',
    async run({ storage }) {
      const { identities } = await storeIdentityAccount(storage)
      const { issuer, subject } = identities[0]
      const user = newcomer()
      const rule = 'An identity belongs to one user'
      const identity = randomIdentity(user, { issuer, subject })
      await expectRefused(storage, signUpWith(user, { identity }), 'identityTaken', rule)
      expectEqual(await storage.identities.find(identity), identities[0], rule)
    },
  },
  {
    title: 'identities.signUp: identityTaken comes before emailTaken, idTaken and usernameTaken',
    async run({ storage }) {
      const { user, identities } = await storeIdentityAccount(storage)
      const { issuer, subject } = identities[0]
      const rule = 'The first outcome in the order of the contract is the answer'
      for (const { email, id, username } of [
        user,
        { ...newcomer(), id: user.id },
        { ...newcomer(), username: user.username },
      ]) {
        const other = newcomer({ email, id, username })
        const identity = randomIdentity(other, { issuer, subject })
        await expectRefused(storage, signUpWith(other, { identity }), 'identityTaken', rule)
      }
    },
  },
  {
    title: 'identities.signUp: emailTaken, idTaken and usernameTaken, in this order, and nothing is written',
    async run({ storage }) {
      const owner = await storeUser(storage)
      const { email, id, username } = owner
      const rule = 'The first outcome in the order of the contract is the answer'
      const taken = [
        ['emailTaken', { email }],
        ['emailTaken', { email, id, username }],
        ['idTaken', { id }],
        ['idTaken', { id, username }],
        ['usernameTaken', { username }],
      ] as const
      for (const [outcome, overrides] of taken)
        await expectRefused(storage, signUpWith(newcomer(overrides)), outcome, rule)
      expectEqual(await storage.users.find({ userId: id }), owner, rule)
    },
  },
  {
    title: 'identities.signUp: an identity whose sign-up was refused can sign up with another address',
    async run({ storage }) {
      const { email } = await storeUser(storage)
      const user = newcomer()
      const identity = randomIdentity(user)
      const rule = 'A refused sign-up leaves the identity free'
      await expectRefused(storage, signUpWith({ ...user, email }, { identity }), 'emailTaken', rule)
      expectEqual(await storage.identities.signUp(signUpWith(user, { identity })), { outcome: 'created' }, rule)
    },
  },
  {
    title: 'identities.signUp: two users who sign up have an identity each',
    async run({ storage }) {
      const user = newcomer()
      const { identity } = await signUp(storage, user)
      const other = newcomer()
      const { identity: another } = await signUp(storage, other)
      const rule = 'Each user has their own identity'
      await expectIdentities(storage, { user }, [identity], rule)
      await expectIdentities(storage, { user: other }, [another], rule)
      const wrong = signInOf({ user, now: user.createdAt }, [identityProofOf(another)])
      expectEqual(await storage.sessions.open(wrong), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'identities.signUp: the token and the messages are stored with the user',
    features: ['email'],
    async run({ storage }) {
      const user = newcomer({ emailConfirmedAt: null })
      const [token, messages] = [randomToken(user), [randomMessage(user), randomMessage(user)]]
      const messagesIfTaken = [randomMessage(user, { userId: null })]
      const request = signUpWith(user, { token, messages, messagesIfTaken })
      const rule = 'A sign-up stores its token and messages, and not those for another owner'
      expectEqual(await storage.identities.signUp(request), { outcome: 'created' }, rule)
      const { hash, purpose } = token
      const found = await storage.oneTimeTokens.find({ hash, purpose, now: user.createdAt })
      expectEqual(found, { token, user }, rule)
      const offered = [...messages, ...messagesIfTaken]
      await expectWaiting(storage, { offered, waiting: messages, now: user.createdAt }, rule)
    },
  },
  {
    title: 'identities.signUp: if the address is taken, its owner gets messagesIfTaken instead of everything else',
    features: ['email'],
    async run({ storage }) {
      const owner = await storeUser(storage)
      const user = newcomer({ email: owner.email, createdAt: owner.createdAt })
      const [token, messages] = [randomToken(user), [randomMessage(user)]]
      const messagesIfTaken = [randomMessage(user, { userId: null })]
      const rule = 'The owner of the address is notified'
      await expectRefused(storage, signUpWith(user, { token, messages, messagesIfTaken }), 'emailTaken', rule)
      const { hash, purpose } = token
      expectEqual(await storage.oneTimeTokens.find({ hash, purpose, now: user.createdAt }), null, rule)
      const waiting = messagesIfTaken.map(message => ({ ...message, userId: owner.id }))
      await expectWaiting(storage, { offered: [...messages, ...messagesIfTaken], waiting, now: user.createdAt }, rule)
    },
  },
  {
    title: 'identities.signUp: no messages are stored if the identity, the id or the username is taken',
    features: ['email'],
    async run({ storage }) {
      const { user: owner, identities } = await storeIdentityAccount(storage)
      const { issuer, subject } = identities[0]
      const { id, email, username, createdAt } = owner
      const rule = 'Without a sign-up only the owner of the address is notified'
      const theirs = newcomer({ email, createdAt })
      const requests = [
        ['identityTaken', { user: theirs, identity: randomIdentity(theirs, { issuer, subject }) }],
        ['idTaken', { user: newcomer({ id, createdAt }) }],
        ['usernameTaken', { user: newcomer({ username, createdAt }) }],
      ] as const
      for (const [outcome, { user, ...overrides }] of requests) {
        const [messages, messagesIfTaken] = [[randomMessage(user)], [randomMessage(user, { userId: null })]]
        const token = randomToken(user)
        const request = signUpWith(user, { ...overrides, token, messages, messagesIfTaken })
        await expectRefused(storage, request, outcome, rule)
        await expectWaiting(storage, { offered: [...messages, ...messagesIfTaken], waiting: [], now: createdAt }, rule)
      }
    },
  },
]
