import type { Storage } from '../../../composition/storage.js'
import { changeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'
import type { IdentityRecord } from '../port.js'
import { provenAt } from './adopt-identity-cases.js'
import {
  expectIdentities,
  type IdentityAccount,
  identityProofOf,
  linkOf,
  openWith,
  randomIdentity,
  signInOf,
  storeIdentityAccount,
} from './identity-account.js'

async function resetPassword(storage: Storage, { tokens, now }: IdentityAccount): Promise<void> {
  const { hash } = tokens.resetPassword
  const request = { hash, now, newHash: randomPasswordHash(), messages: [] }
  expectOutcome(await storage.oneTimeTokens.resetPassword(request), 'reset', 'The token is live')
}

async function expectOpening(
  { sessions }: Storage,
  account: IdentityAccount,
  identity: IdentityRecord,
  outcome: 'opened' | 'stale',
  rule: string,
): Promise<void> {
  const answer = await sessions.open(signInOf(account, [identityProofOf(identity)]))
  expectEqual(answer.outcome, outcome, rule)
}

/** Cases for what becomes of identities when their user changes. */
export const identityFollowUpCases: readonly ConformanceCase[] = [
  {
    title: 'users.delete: the identities of the user are removed, and those of other users stay',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeIdentityAccount(storage)]
      await openWith(storage, account, account.identities[0])
      await storage.users.delete({ userId: account.user.id, now: account.now })
      const rule = 'A deletion removes the user with all identities, and no other'
      await expectIdentities(storage, account, [], rule)
      for (const identity of account.identities) expectEqual(await storage.identities.find(identity), null, rule)
      await expectIdentities(storage, other, other.identities, rule)
    },
  },
  {
    title: 'users.delete: the identity of a deleted user is stored again, for another user',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeAccount(storage)]
      await storage.users.delete({ userId: account.user.id, now: account.now })
      const { issuer, subject } = account.identities[0]
      const identity = randomIdentity(other.user, { issuer, subject })
      const rule = 'A deleted user occupies no identity'
      expectEqual(await storage.identities.link(linkOf(other, { identity })), { outcome: 'linked' }, rule)
      expectEqual(await storage.identities.find(identity), identity, rule)
    },
  },
  {
    title: 'users.delete: a user who gets the same id later has no identity',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { user, identities, now } = account
      await storage.users.delete({ userId: user.id, now })
      await storeUser(storage, { id: user.id, createdAt: user.createdAt })
      const rule = 'Nothing is left of the identities of a deleted user'
      await expectIdentities(storage, account, [], rule)
      await expectOpening(storage, account, identities[0], 'stale', rule)
    },
  },
  {
    title: 'users.disable: the identities stay, and are good when the user is enabled',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { user, identities, now } = account
      const rule = 'A user who is disabled and enabled keeps the identities'
      await storage.users.disable({ userId: user.id, now })
      await expectIdentities(storage, account, identities, rule)
      await storage.users.enable({ userId: user.id })
      await expectIdentities(storage, account, identities, rule)
      await expectOpening(storage, account, identities[0], 'opened', rule)
    },
  },
  {
    title: 'users.changePassword: the identities stay',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      expectOutcome(await storage.users.changePassword(changeOf(account)), 'changed', 'The old hash is right')
      const rule = 'A changed password leaves the identities alone'
      await expectIdentities(storage, account, account.identities, rule)
      await expectOpening(storage, account, account.identities[0], 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: the identities stay, with the address of the provider',
    features: ['email'],
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { tokens, identities, now } = account
      const request = { hash: tokens.changeEmail.hash, now }
      expectOutcome(await storage.oneTimeTokens.changeEmail(request), 'changed', 'The token is live')
      const rule = 'A changed address leaves the identities alone'
      await expectIdentities(storage, account, identities, rule)
      await expectOpening(storage, account, identities[0], 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the identities stay if the address was already confirmed',
    features: ['email'],
    async run({ storage }) {
      const account = await storeIdentityAccount(storage, { emailConfirmedAt: provenAt })
      await resetPassword(storage, account)
      const rule = 'A password reset does not replace the identities of a confirmed address'
      await expectIdentities(storage, account, account.identities, rule)
      await expectOpening(storage, account, account.identities[0], 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the identities are removed if the address was unconfirmed',
    features: ['email'],
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeIdentityAccount(storage)]
      const { identity } = await openWith(storage, account, account.identities[0])
      await resetPassword(storage, account)
      const rule = 'The owner of the identities had not proven ownership of the address'
      await expectIdentities(storage, account, [], rule)
      for (const one of [identity, account.identities[1]]) {
        expectEqual(await storage.identities.find(one), null, rule)
        await expectOpening(storage, account, one, 'stale', rule)
      }
      await expectIdentities(storage, other, other.identities, 'Identities of other users stay')
    },
  },
]
