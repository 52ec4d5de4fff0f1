import { randomUUID } from 'node:crypto'
import { openingOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { RemoveTotp } from '../port.js'
import {
  expectFactors,
  expectNothingWritten,
  factorsOf,
  none,
  recoveryCodeProofOf,
  storeFactor,
  storeProtectedAccount,
} from './protected-account.js'
import { beside } from './proven-methods.js'

/** Returns a request of the first session that removes the app. */
function removalOf({ user, sessions, now }: Account, index: 0 | 1 = 0): RemoveTotp {
  return { userId: user.id, asking: { sessionId: sessions[index].id, now }, now, messages: [] }
}

/** Cases for removing the authenticator app. */
export const removeTotpCases: readonly ConformanceCase[] = [
  ...askingCases({
    'secondFactors.removeTotp': {
      granted: 'unknown',
      ask: ({ secondFactors }, account, asking) => secondFactors.removeTotp({ ...removalOf(account), asking }),
    },
  }),
  {
    title: 'secondFactors.removeTotp: the app is removed with the recovery codes, and other sessions end',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, apiKeys, now } = account
      const [first, ...others] = sessions
      const answer = await storage.secondFactors.removeTotp(removalOf(account))
      const { revokedSessionIds } = expectOutcome(answer, 'removed', 'A confirmed app can be removed')
      const rule = 'The requesting session stays as it is, and every other session is revoked'
      expectEqual(sorted(revokedSessionIds), sorted(others.map(({ id }) => id)), rule)
      const revocations = inFeedOrder(others.map(one => sessionLine(one, now)))
      await expectState(storage, account, { user, sessions: [first, null, null], apiKeys, revocations }, rule)
      await expectFactors(storage, account, none, 'The app is removed, and so are the recovery codes')
    },
  },
  {
    title: 'secondFactors.removeTotp: afterwards the password alone is enough, and a recovery code is spent',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      await storage.secondFactors.removeTotp(removalOf(account))
      for (const [outcome, proofs] of [
        ['opened', beside(account)],
        ['spent', beside(account, recoveryCodeProofOf(account))],
      ] as const) {
        const answer = await storage.sessions.open(openingOf(account, { proofs }))
        expectEqual(answer.outcome, outcome, 'After the removal no second factor is due or good')
      }
    },
  },
  {
    title: 'secondFactors.removeTotp: another app can be set up afterwards',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      await storage.secondFactors.removeTotp(removalOf(account))
      const totp = await storeFactor(storage, account)
      await expectFactors(storage, account, { totp, recoveryCodesLeft: 0 }, 'No recovery code is left of the first app')
    },
  },
  {
    title: 'secondFactors.removeTotp: an address change stays only if the requesting session requested it',
    features: ['email'],
    async run({ storage }) {
      for (const index of [0, 1] as const) {
        const account = await storeProtectedAccount(storage)
        const { tokens } = account
        await storage.secondFactors.removeTotp(removalOf(account, index))
        const changeEmail = index === 0 ? tokens.changeEmail : null
        const rule = 'Only the address change of the kept session stays'
        await expectState(storage, account, { tokens: { ...tokens, changeEmail } }, rule)
      }
    },
  },
  {
    title: 'secondFactors.removeTotp: an app that is not confirmed is unknown and stays',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const totp = await storeFactor(storage, account)
      const remove = () => storage.secondFactors.removeTotp(removalOf(account))
      const rule = 'Only a confirmed app is removed'
      expectEqual(await expectNothingWritten(storage, account, remove, rule), { outcome: 'unknown' }, rule)
      await expectFactors(storage, account, { totp, recoveryCodesLeft: 0 }, rule)
    },
  },
  {
    title: 'secondFactors.removeTotp: the second removal is unknown and ends no session',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      await storage.secondFactors.removeTotp(removalOf(account))
      await storage.sessions.open(openingOf(account))
      const remove = () => storage.secondFactors.removeTotp(removalOf(account))
      const rule = 'An app is removed once'
      expectEqual(await expectNothingWritten(storage, account, remove, rule), { outcome: 'unknown' }, rule)
    },
  },
  {
    title: 'secondFactors.removeTotp: a session that is not live removes no app',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const other = await storeAccount(storage, { createdAt: user.createdAt })
      await storage.sessions.revoke({ sessionId: sessions[1].id, now })
      const rule = 'Only a live session of the user removes the app'
      for (const sessionId of [sessions[1].id, other.sessions[0].id, randomUUID()]) {
        const request = { ...removalOf(account), asking: { sessionId, now } }
        const remove = () => storage.secondFactors.removeTotp(request)
        expectEqual(await expectNothingWritten(storage, account, remove, rule), { outcome: 'sessionEnded' }, rule)
      }
    },
  },
  {
    title: 'secondFactors.removeTotp: second factors of other users stay',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const other = await storeProtectedAccount(storage)
      const rule = 'A removal does not affect other users'
      await expectUnchanged(storage, other, () => storage.secondFactors.removeTotp(removalOf(account)), rule)
      await expectFactors(storage, other, factorsOf(other), rule)
    },
  },
]
