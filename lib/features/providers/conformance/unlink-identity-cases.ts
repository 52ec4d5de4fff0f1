import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { IdentityUnlinking, UnlinkIdentity } from '../port.js'
import {
  expectIdentities,
  expectNothingWritten,
  type IdentityAccount,
  identityProofOf,
  linkOf,
  openWith,
  randomIdentity,
  type SignedInUser,
  signInOf,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from './identity-account.js'

/** Returns a request of the first session that removes this identity. */
export function unlinkOf(
  { user, sessions: [{ id: sessionId }], now }: SignedInUser,
  { id: identityId }: { readonly id: string },
  overrides: Partial<UnlinkIdentity> = {},
): UnlinkIdentity {
  return { identityId, userId: user.id, asking: { sessionId, now }, now, messages: [], ...overrides }
}

async function unlink({ identities }: Storage, account: SignedInUser, identity: { readonly id: string }, rule: string) {
  return expectOutcome(await identities.unlink(unlinkOf(account, identity)), 'unlinked', rule)
}

async function expectRefused(
  storage: Storage,
  account: IdentityAccount,
  request: UnlinkIdentity,
  outcome: IdentityUnlinking['outcome'],
  rule: string,
): Promise<void> {
  const attempt = () => storage.identities.unlink(request)
  expectEqual(await expectNothingWritten(storage, account, attempt, rule), { outcome }, rule)
}

/** Checks that the outcome is lastSignInMethod, and that the identity is as good as before. */
async function expectKept(storage: Storage, account: SignedInUser, request: UnlinkIdentity): Promise<void> {
  const rule = 'The last way of a user to sign in stays'
  const { user, sessions, now } = account
  const before = await storage.identities.list({ userId: user.id })
  expectEqual(await storage.identities.unlink(request), { outcome: 'lastSignInMethod' }, rule)
  await expectIdentities(storage, account, before, rule)
  for (const session of sessions)
    expectEqual(await storage.sessions.find({ sessionId: session.id, now }), session, rule)
}

const removedCases: readonly ConformanceCase[] = [
  {
    title: 'identities.unlink: the identity is removed as its last use left it, and the others stay',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeIdentityAccount(storage)]
      const { identity } = await openWith(storage, account, account.identities[0])
      const rule = 'The removed identity is in the answer, and no other identity is affected'
      const removal = await unlink(storage, account, identity, rule)
      expectEqual(removal.identity, identity, rule)
      await expectIdentities(storage, account, [account.identities[1]], rule)
      await expectIdentities(storage, other, other.identities, rule)
      expectEqual(await storage.identities.find(identity), null, rule)
      const answer = await storage.sessions.open(signInOf(account, [identityProofOf(identity)]))
      expectEqual(answer, { outcome: 'stale' }, 'A removed identity opens no session')
    },
  },
  {
    title: 'identities.unlink: a removed identity can be linked again, by another user',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeAccount(storage)]
      const [{ issuer, subject, id }] = account.identities
      const rule = 'A removed identity is free'
      await unlink(storage, account, { id }, rule)
      const identity = randomIdentity(other.user, { issuer, subject })
      expectEqual(await storage.identities.link(linkOf(other, { identity })), { outcome: 'linked' }, rule)
      expectEqual(await storage.identities.find({ issuer, subject }), identity, rule)
    },
  },
  {
    title: 'identities.unlink: an identity that does not exist or is removed is unknown, and nothing is written',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const [first] = account.identities
      const rule = 'An identity is removed once'
      await unlink(storage, account, first, rule)
      for (const identity of [first, { id: randomUUID() }])
        await expectRefused(storage, account, unlinkOf(account, identity), 'unknown', rule)
    },
  },
  {
    title: 'identities.unlink: an identity of another user is unknown and stays, with its sessions',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeIdentityAccount(storage)]
      const { session, identity } = await openWith(storage, other, other.identities[0])
      const rule = 'A user removes only their own identities'
      await expectRefused(storage, account, unlinkOf(account, identity), 'unknown', rule)
      await expectIdentities(storage, other, [identity, other.identities[1]], rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: other.now }), session, rule)
    },
  },
  {
    title: 'identities.unlink: sessionEnded comes before unknown, and the identity stays',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeAccount(storage)]
      const { now } = account
      const rule = 'Only a live session of the user removes an identity'
      for (const sessionId of [randomUUID(), other.sessions[0].id])
        for (const identity of [account.identities[0], { id: randomUUID() }]) {
          const request = unlinkOf(account, identity, { asking: { sessionId, now } })
          await expectRefused(storage, account, request, 'sessionEnded', rule)
        }
    },
  },
]

const lastWayCases: readonly ConformanceCase[] = [
  {
    title: 'identities.unlink: a user with a password can remove the only identity',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const identity = await storeIdentity(storage, account)
      const rule = 'The password is another way to sign in'
      await unlink(storage, account, identity, rule)
      await expectIdentities(storage, account, [], rule)
    },
  },
  {
    title: 'identities.unlink: the only identity of a user without a password is lastSignInMethod, and stays',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const identity = await storeIdentity(storage, account)
      await expectKept(storage, account, unlinkOf(account, identity))
      await openWith(storage, account, identity)
    },
  },
  {
    title: 'identities.unlink: with mayBeLast the only identity of a user without a password is removed',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const identity = await storeIdentity(storage, account)
      const rule = 'The user can sign in without stored credentials'
      await expectKept(storage, account, unlinkOf(account, identity, { mayBeLast: false }))
      const answer = await storage.identities.unlink(unlinkOf(account, identity, { mayBeLast: true }))
      expectEqual(answer, { outcome: 'unlinked', identity, revokedSessionIds: [] }, rule)
      await expectIdentities(storage, account, [], rule)
    },
  },
  {
    title: 'identities.unlink: sessionEnded and unknown come before lastSignInMethod and mayBeLast',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const identity = await storeIdentity(storage, account)
      const { now } = account
      for (const mayBeLast of [true, false]) {
        const ended = { asking: { sessionId: randomUUID(), now }, mayBeLast }
        for (const [outcome, request] of [
          ['sessionEnded', unlinkOf(account, identity, ended)],
          ['unknown', unlinkOf(account, { id: randomUUID() }, { mayBeLast })],
        ] as const)
          expectEqual(await storage.identities.unlink(request), { outcome }, 'mayBeLast permits nothing else')
      }
      await expectIdentities(storage, account, [identity], 'Nothing is removed')
    },
  },
  {
    title: 'identities.unlink: of two identities of a user without a password one can be removed',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const [first, second] = [await storeIdentity(storage, account), await storeIdentity(storage, account)]
      const rule = 'The other identity is another way to sign in'
      await unlink(storage, account, first, rule)
      await expectKept(storage, account, unlinkOf(account, second))
      await openWith(storage, account, second)
    },
  },
  {
    title: 'identities.unlink: identities of other users are no other way to sign in',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const other = await storePasswordlessAccount(storage)
      const identity = await storeIdentity(storage, account)
      await storeIdentity(storage, other)
      await expectKept(storage, account, unlinkOf(account, identity))
    },
  },
]

/** Cases for removing an identity, apart from the sessions that end. */
export const unlinkIdentityCases: readonly ConformanceCase[] = [
  ...askingCases({
    'identities.unlink': {
      granted: 'unknown',
      ask: ({ identities }, account, asking) => identities.unlink(unlinkOf(account, { id: randomUUID() }, { asking })),
    },
  }),
  ...removedCases,
  ...lastWayCases,
]
