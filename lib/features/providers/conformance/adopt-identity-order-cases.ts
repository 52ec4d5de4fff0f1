import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import { expectRefused, provenAt } from './adopt-identity-cases.js'
import {
  adoptionOf,
  expectIdentities,
  randomIdentity,
  storeIdentity,
  storeIdentityAccount,
} from './identity-account.js'

/** Cases for accounts that are not adopted, and for which outcome comes first. */
export const adoptIdentityOrderCases: readonly ConformanceCase[] = [
  {
    title: 'identities.adopt: an identity of this or another user is identityTaken, and nothing is written',
    async run({ storage }) {
      for (const emailConfirmedAt of [null, provenAt]) {
        const account = await storeIdentityAccount(storage, { emailConfirmedAt })
        const other = await storeIdentityAccount(storage)
        for (const { issuer, subject } of [account.identities[0], other.identities[0]]) {
          const identity = randomIdentity(account.user, { issuer, subject })
          const request = adoptionOf(account, { identity, mayLinkProven: true })
          const rule = 'An identity is stored once'
          await expectRefused(storage, account, request, 'identityTaken', rule)
        }
        await expectIdentities(storage, other, other.identities, 'The other user keeps the identity')
      }
    },
  },
  {
    title: 'identities.adopt: a deleted and a disabled user and another address are stale, and nothing is written',
    async run({ storage }) {
      const [deleted, disabled, moved] = [
        await storeAccount(storage),
        await storeAccount(storage),
        await storeAccount(storage),
      ]
      await storage.users.delete({ userId: deleted.user.id, now: deleted.now })
      await storage.users.disable({ userId: disabled.user.id, now: disabled.now })
      const rule = 'The user must have the proven address now'
      for (const mayLinkProven of [true, false]) {
        for (const account of [deleted, disabled])
          await expectRefused(storage, account, adoptionOf(account, { mayLinkProven }), 'stale', rule)
        for (const email of [randomEmail(), disabled.user.email, moved.user.email.toUpperCase()])
          await expectRefused(storage, moved, adoptionOf(moved, { email, mayLinkProven }), 'stale', rule)
      }
      const unknown = randomIdentity(moved.user, { userId: randomUUID() })
      await expectRefused(storage, moved, adoptionOf(moved, { identity: unknown }), 'stale', rule)
    },
  },
  {
    title: 'identities.adopt: identityTaken comes before stale, and stale before refused',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage, { emailConfirmedAt: provenAt })
      const { user, identities, now } = account
      const { issuer, subject } = identities[0]
      const taken = randomIdentity(user, { issuer, subject })
      const email = randomEmail()
      const rule = 'The first outcome in the order of the contract is the answer'
      await expectRefused(storage, account, adoptionOf(account, { identity: taken }), 'identityTaken', rule)
      await expectRefused(storage, account, adoptionOf(account, { identity: taken, email }), 'identityTaken', rule)
      await expectRefused(storage, account, adoptionOf(account, { email }), 'stale', rule)
      await storage.users.disable({ userId: user.id, now })
      await expectRefused(storage, account, adoptionOf(account, { identity: taken }), 'identityTaken', rule)
      await expectRefused(storage, account, adoptionOf(account), 'stale', rule)
    },
  },
  {
    title: 'identities.adopt: an address that the user has left is stale, and the present one is not',
    features: ['email'],
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, tokens, now } = account
      const request = { hash: tokens.changeEmail.hash, now }
      const { user: moved } = expectOutcome(await storage.oneTimeTokens.changeEmail(request), 'changed', 'It is live')
      const rule = 'Only the present address counts'
      await expectRefused(storage, account, adoptionOf(account, { mayLinkProven: true }), 'stale', rule)
      await storeIdentity(storage, account)
      const next = adoptionOf({ user: moved, now }, { mayLinkProven: true })
      const answer = expectOutcome(await storage.identities.adopt(next), 'linked', rule)
      expectEqual([answer.user, answer.isProvenNow], [moved, false], rule)
      expectEqual((await storage.identities.list({ userId: user.id })).length, 2, rule)
    },
  },
]
