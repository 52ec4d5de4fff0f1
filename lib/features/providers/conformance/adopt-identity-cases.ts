import type { Storage } from '../../../composition/storage.js'
import { rotationOf } from '../../../conformance/account-requests.js'
import { expectApiKeyIds, expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { type Account, storeAccount, storeUser } from '../../../conformance/stored-records.js'
import { strippedState, strippedUser } from '../../../conformance/stripped-account.js'
import type { AdoptIdentity, IdentityAdoption, IdentityRecord } from '../port.js'
import {
  adoptionOf,
  expectIdentities,
  expectNothingWritten,
  identityProofOf,
  idsOfSessions,
  openWith,
  randomIdentity,
  signInOf,
  storeIdentityAccount,
} from './identity-account.js'

/** The instant at which the owner of an account has proven its address. */
export const provenAt = 1_000_000_000_004

/** Adopts an account with an unproven address. Checks the answer, and returns the identity. */
async function adoptUnproven(storage: Storage, account: Account, rule: string): Promise<IdentityRecord> {
  const { sessions, apiKeys } = account
  const request = adoptionOf(account)
  const answer = expectOutcome(await storage.identities.adopt(request), 'linked', rule)
  const { deletedApiKeyIds, revokedSessionIds, ...others } = answer
  expectEqual(others, { outcome: 'linked', user: strippedUser(account), isProvenNow: true }, rule)
  expectEqual(sorted(revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
  expectApiKeyIds(storage, deletedApiKeyIds, apiKeys, rule)
  return request.identity
}

/** Checks that the call is refused with this outcome, and that nothing is written. */
export async function expectRefused(
  storage: Storage,
  account: Account,
  request: AdoptIdentity,
  outcome: IdentityAdoption['outcome'],
  rule: string,
): Promise<void> {
  const adopt = () => storage.identities.adopt(request)
  expectEqual(await expectNothingWritten(storage, account, adopt, rule), { outcome }, rule)
}

const adoptUnprovenCases: readonly ConformanceCase[] = [
  {
    title: 'identities.adopt: an unproven address is proven, and everything that the account had is removed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const rule = 'The creator of the account had not proven ownership of the address'
      const identity = await adoptUnproven(storage, account, rule)
      await expectState(storage, account, strippedState(account), rule)
      expectEqual(await idsOfSessions(storage, account), [], rule)
      await expectIdentities(storage, account, [identity], 'The identity of the owner is stored')
      const rotation = await storage.sessions.rotate(rotationOf(account))
      expectEqual(rotation, { outcome: 'unknown' }, 'A session of before is not refreshed')
    },
  },
  {
    title: 'identities.adopt: the identities of an unproven account are removed, and only the new one opens a session',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const rule = 'Who created the account may have linked an identity of their own'
      const identity = await adoptUnproven(storage, account, rule)
      await expectIdentities(storage, account, [identity], rule)
      for (const former of account.identities) {
        expectEqual(await storage.identities.find(former), null, rule)
        const answer = await storage.sessions.open(signInOf(account, [identityProofOf(former)]))
        expectEqual(answer, { outcome: 'stale' }, rule)
      }
      await openWith(storage, account, identity)
    },
  },
  {
    title: 'identities.adopt: the password of before opens no session when the address is proven',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await adoptUnproven(storage, account, 'The provider proves the address')
      const proofs = [{ kind: 'password', hash: account.user.passwordHash }] as const
      const answer = await storage.sessions.open(signInOf(account, proofs))
      expectEqual(answer, { outcome: 'stale' }, 'A password that was removed proves nothing')
    },
  },
  {
    title: 'identities.adopt: an unproven account is adopted whether or not mayLinkProven is set',
    async run({ storage }) {
      for (const mayLinkProven of [true, false]) {
        const account = await storeAccount(storage)
        const request = adoptionOf(account, { mayLinkProven })
        const answer = expectOutcome(await storage.identities.adopt(request), 'linked', 'The provider proves it')
        const rule = 'What an unproven account had is removed'
        expectEqual([answer.isProvenNow, answer.user], [true, strippedUser(account)], rule)
        await expectState(storage, account, strippedState(account), rule)
      }
    },
  },
  {
    title: 'identities.adopt: an account without sessions and keys has nothing to remove but the password',
    async run({ storage }) {
      const user = await storeUser(storage)
      const account = { user, now: user.createdAt + 1 }
      const answer = expectOutcome(await storage.identities.adopt(adoptionOf(account)), 'linked', 'It is unproven')
      const { deletedApiKeyIds = [], ...others } = answer
      const proven = strippedUser(account)
      const rule = 'The address is proven, and the answer names no record'
      const asked = { outcome: 'linked', user: proven, isProvenNow: true, revokedSessionIds: [] }
      expectEqual([others, deletedApiKeyIds], [asked, []], rule)
      expectEqual(await storage.users.find({ userId: user.id }), proven, rule)
    },
  },
  {
    title: 'identities.adopt: other accounts keep everything',
    async run({ storage }) {
      const [account, other] = [await storeAccount(storage), await storeIdentityAccount(storage)]
      const before = await stateOf(storage, other)
      const rule = 'The provider proves one address'
      await adoptUnproven(storage, account, rule)
      await expectState(storage, other, before, rule)
      await expectIdentities(storage, other, other.identities, rule)
    },
  },
]

const adoptProvenCases: readonly ConformanceCase[] = [
  {
    title: 'identities.adopt: without mayLinkProven an account with a proven address is refused',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage, { emailConfirmedAt: provenAt })
      const request = adoptionOf(account)
      const rule = 'An account is never linked by its address alone'
      await expectRefused(storage, account, request, 'refused', rule)
      expectEqual(await storage.identities.find(request.identity), null, rule)
    },
  },
  {
    title: 'identities.adopt: with mayLinkProven an account with a proven address keeps everything',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage, { emailConfirmedAt: provenAt })
      const { user, identities } = account
      const identity = randomIdentity(user, { createdAt: user.createdAt + 2 })
      const request = adoptionOf(account, { identity, mayLinkProven: true })
      const rule = 'The owner of a proven address loses nothing'
      const adopt = () => storage.identities.adopt(request)
      const answer = await expectUnchanged(storage, account, adopt, rule)
      const { deletedApiKeyIds = [], ...others } = expectOutcome(answer, 'linked', rule)
      expectEqual(others, { outcome: 'linked', user, isProvenNow: false, revokedSessionIds: [] }, rule)
      expectEqual(deletedApiKeyIds, [], rule)
      await expectIdentities(storage, account, [...identities, identity], rule)
      await openWith(storage, account, identity)
    },
  },
  {
    title: 'identities.adopt: an address is proven once, and what its owner gets afterwards stays',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const identity = await adoptUnproven(storage, account, 'The provider proves the address')
      const { session, identity: used } = await openWith(storage, account, identity)
      const user = { ...strippedUser(account), lastSignInAt: account.now }
      const next = randomIdentity(user, { createdAt: user.createdAt + 1 })
      const rule = 'A second provider removes nothing'
      const refused = await storage.identities.adopt(adoptionOf(account, { identity: next }))
      expectEqual(refused, { outcome: 'refused' }, rule)
      const request = adoptionOf(account, { identity: next, mayLinkProven: true })
      const answer = expectOutcome(await storage.identities.adopt(request), 'linked', rule)
      expectEqual([answer.user, answer.isProvenNow, answer.revokedSessionIds], [user, false, []], rule)
      expectEqual(await idsOfSessions(storage, account), [session.id], rule)
      await expectIdentities(storage, account, [used, next], rule)
    },
  },
]

/** Cases for storing an identity for the account that has its address. */
export const adoptIdentityCases: readonly ConformanceCase[] = [...adoptUnprovenCases, ...adoptProvenCases]
