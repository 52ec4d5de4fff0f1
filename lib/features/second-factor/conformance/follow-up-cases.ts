import type { Storage } from '../../../composition/storage.js'
import { changeOf, openingOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomPasswordHash, type UserWithPassword } from '../../../conformance/random-records.js'
import { type Account, storeAccount, storeUser } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import {
  expectFactors,
  factorsOf,
  none,
  recoveryCodeProofOf,
  storeFactor,
  storeProtectedAccount,
  totpProofOf,
} from './protected-account.js'
import { beside } from './proven-methods.js'

const provenAt = 1_000_000_000_004

/** Resets the password. Returns the account with the new one. */
async function reset<Kind extends Account>(storage: Storage, account: Kind): Promise<Kind> {
  const newHash = randomPasswordHash()
  const { hash } = account.tokens.resetPassword
  const answer = await storage.oneTimeTokens.resetPassword({ hash, now: account.now, newHash, messages: [] })
  expectOutcome(answer, 'reset', 'A live token of the user’s current address resets the password')
  return { ...account, user: { ...account.user, passwordHash: newHash } }
}

async function expectOpening(
  { sessions }: Storage,
  account: Account,
  proofs: readonly Proof[],
  outcome: 'opened' | 'secondFactorMissing' | 'spent' | 'stale',
  rule: string,
): Promise<void> {
  const answer = await sessions.open(openingOf(account, { proofs }))
  expectEqual(answer.outcome, outcome, rule)
}

/** Cases for what becomes of second factors when their user changes. */
export const followUpCases: readonly ConformanceCase[] = [
  {
    title: 'users.delete: the second factors of the user are removed, and those of other users stay',
    async run({ storage }) {
      const [account, other] = [await storeProtectedAccount(storage), await storeProtectedAccount(storage)]
      const enrolling = await storeAccount(storage)
      await storeFactor(storage, enrolling)
      const rule = 'A deletion removes the user with all second factors, and no other'
      for (const { user, now } of [account, enrolling]) await storage.users.delete({ userId: user.id, now })
      for (const deleted of [account, enrolling]) await expectFactors(storage, deleted, none, rule)
      await expectFactors(storage, other, factorsOf(other), rule)
    },
  },
  {
    title: 'users.delete: a user who gets the same id later has no second factor',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, now } = account
      await storage.users.delete({ userId: user.id, now })
      const { id, createdAt } = user
      const successor: UserWithPassword = await storeUser(storage, { id, createdAt })
      const again = { ...account, user: successor }
      const rule = 'Nothing is left of the second factors of a deleted user'
      await expectFactors(storage, again, none, rule)
      await expectOpening(storage, again, beside(again, recoveryCodeProofOf(account)), 'spent', rule)
      await expectOpening(storage, again, beside(again), 'opened', rule)
    },
  },
  {
    title: 'users.disable: the second factors stay, and are due when the user is enabled',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, now } = account
      const rule = 'A user who is disabled and enabled keeps the second factors'
      await storage.users.disable({ userId: user.id, now })
      await expectFactors(storage, account, factorsOf(account), rule)
      await storage.users.enable({ userId: user.id })
      await expectFactors(storage, account, factorsOf(account), rule)
      await expectOpening(storage, account, beside(account), 'secondFactorMissing', rule)
      await expectOpening(storage, account, beside(account, totpProofOf(account)), 'opened', rule)
    },
  },
  {
    title: 'users.changePassword: the second factors stay, and are due with the new password',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const change = changeOf(account)
      await storage.users.changePassword(change)
      const rule = 'A changed password leaves the second factors alone'
      const changed = { ...account, user: { ...account.user, passwordHash: change.newHash } }
      await expectFactors(storage, account, factorsOf(account), rule)
      await expectOpening(storage, changed, beside(changed), 'secondFactorMissing', rule)
      await expectOpening(storage, changed, beside(changed, recoveryCodeProofOf(account)), 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the second factors stay and are due if the address was already confirmed',
    features: ['email'],
    async run({ storage }) {
      const account = await reset(storage, await storeProtectedAccount(storage, { emailConfirmedAt: provenAt }))
      const rule = 'A password reset does not replace the second factor of a confirmed address'
      await expectFactors(storage, account, factorsOf(account), rule)
      await expectOpening(storage, account, beside(account), 'secondFactorMissing', rule)
      await expectOpening(storage, account, beside(account, totpProofOf(account)), 'opened', rule)
      await expectOpening(storage, account, beside(account, recoveryCodeProofOf(account)), 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the second factors are removed if the address was unconfirmed',
    features: ['email'],
    async run({ storage }) {
      const other = await storeProtectedAccount(storage)
      const account = await reset(storage, await storeProtectedAccount(storage))
      const rule = 'The owner of the second factors had not proven ownership of the address'
      await expectFactors(storage, account, none, rule)
      await expectOpening(storage, account, beside(account), 'opened', rule)
      await expectOpening(storage, account, beside(account, recoveryCodeProofOf(account)), 'spent', rule)
      await expectOpening(storage, account, beside(account, totpProofOf(account)), 'stale', rule)
      await expectFactors(storage, other, factorsOf(other), 'Second factors of other users stay')
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: an app that waits for its confirmation is removed with an unconfirmed address',
    features: ['email'],
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storeFactor(storage, account)
      await reset(storage, account)
      const rule = 'The owner of the app had not proven ownership of the address'
      await expectFactors(storage, account, none, rule)
    },
  },
  {
    title: 'oneTimeTokens.confirmEmail: the second factors stay',
    features: ['email'],
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { tokens, now } = account
      const answer = await storage.oneTimeTokens.confirmEmail({ hash: tokens.confirmEmail.hash, now })
      expectOutcome(answer, 'confirmed', 'A live token confirms the address')
      const rule = 'The user who confirms the address keeps the second factors'
      await expectFactors(storage, account, factorsOf(account), rule)
    },
  },
]
