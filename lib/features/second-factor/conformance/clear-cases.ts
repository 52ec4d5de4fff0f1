import { randomUUID } from 'node:crypto'
import { openingOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { ClearSecondFactors } from '../port.js'
import {
  expectFactors,
  expectNothingWritten,
  factorsOf,
  none,
  recoveryCodeProofOf,
  storeDisabledProtectedAccount,
  storeFactor,
  storeProtectedAccount,
} from './protected-account.js'
import { beside } from './proven-methods.js'

const clearanceOf = ({ user, now }: Account): ClearSecondFactors => ({ userId: user.id, now, messages: [] })

/** Cases for an application that removes all second factors of a user. */
export const clearCases: readonly ConformanceCase[] = [
  {
    title: 'secondFactors.clear: the app and the recovery codes are removed, and every session ends',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, apiKeys, now } = account
      const answer = await storage.secondFactors.clear(clearanceOf(account))
      const { revokedSessionIds } = expectOutcome(answer, 'removed', 'A user with second factors loses them')
      const rule = 'Every session of the user is revoked and in the feed, and nothing else changes'
      expectEqual(sorted(revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
      const revocations = inFeedOrder(sessions.map(one => sessionLine(one, now)))
      await expectState(storage, account, { user, sessions: [null, null, null], apiKeys, revocations }, rule)
      await expectFactors(storage, account, none, 'The app is removed, and so are the recovery codes')
    },
  },
  {
    title: 'secondFactors.clear: afterwards the password alone is enough, and a recovery code is spent',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      await storage.secondFactors.clear(clearanceOf(account))
      for (const [outcome, proofs] of [
        ['opened', beside(account)],
        ['spent', beside(account, recoveryCodeProofOf(account))],
      ] as const) {
        const answer = await storage.sessions.open(openingOf(account, { proofs }))
        expectEqual(answer.outcome, outcome, 'Without second factors none is due or good')
      }
    },
  },
  {
    title: 'secondFactors.clear: a pending address change is discarded, and other tokens stay',
    features: ['email'],
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      await storage.secondFactors.clear(clearanceOf(account))
      const tokens = { ...account.tokens, changeEmail: null }
      await expectState(storage, account, { tokens }, 'The session that requested the change has ended')
    },
  },
  {
    title: 'secondFactors.clear: an app that is not confirmed is removed too, and every session ends',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { sessions } = account
      await storeFactor(storage, account)
      const answer = await storage.secondFactors.clear(clearanceOf(account))
      const rule = 'An app that waits for its confirmation is removed'
      const { revokedSessionIds } = expectOutcome(answer, 'removed', rule)
      expectEqual(sorted(revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
      await expectState(storage, account, { sessions: [null, null, null] }, rule)
      await expectFactors(storage, account, none, rule)
    },
  },
  {
    title: 'secondFactors.clear: a disabled user loses the second factors, and stays disabled',
    async run({ storage }) {
      const account = await storeDisabledProtectedAccount(storage)
      const answer = await storage.secondFactors.clear(clearanceOf(account))
      expectEqual(answer, { outcome: 'removed', revokedSessionIds: [] }, 'A disabled user has no session left')
      await expectFactors(storage, account, none, 'Second factors of a disabled user can be removed')
      await expectState(storage, account, { user: account.user }, 'A disabled user stays disabled')
    },
  },
  {
    title: 'secondFactors.clear: a user without second factors and an unknown one are unknown, and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const rule = 'Without second factors there is nothing to remove'
      for (const userId of [account.user.id, randomUUID()]) {
        const clear = () => storage.secondFactors.clear({ ...clearanceOf(account), userId })
        expectEqual(await expectNothingWritten(storage, account, clear, rule), { outcome: 'unknown' }, rule)
      }
    },
  },
  {
    title: 'secondFactors.clear: for a deleted user, and a second time, the answer is unknown',
    async run({ storage }) {
      const [deleted, cleared] = [await storeProtectedAccount(storage), await storeProtectedAccount(storage)]
      await storage.users.delete({ userId: deleted.user.id, now: deleted.now })
      await storage.secondFactors.clear(clearanceOf(cleared))
      for (const account of [deleted, cleared]) {
        const answer = await storage.secondFactors.clear(clearanceOf(account))
        expectEqual(answer, { outcome: 'unknown' }, 'Second factors are removed once')
      }
    },
  },
  {
    title: 'secondFactors.clear: second factors and sessions of other users stay',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const other = await storeProtectedAccount(storage)
      const rule = 'Other users keep their second factors'
      await expectUnchanged(storage, other, () => storage.secondFactors.clear(clearanceOf(account)), rule)
      await expectFactors(storage, other, factorsOf(other), rule)
    },
  },
]
