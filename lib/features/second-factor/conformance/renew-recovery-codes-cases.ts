import { randomUUID } from 'node:crypto'
import { openingOf } from '../../../conformance/account-requests.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { RenewRecoveryCodes } from '../port.js'
import {
  expectFactors,
  expectNothingWritten,
  factorsOf,
  randomRecoveryCodes,
  recoveryCodeProof,
  recoveryCodeProofOf,
  storeFactor,
  storeProtectedAccount,
} from './protected-account.js'
import { beside } from './proven-methods.js'

/** Returns a request of the first session for five new recovery codes. */
function renewalOf(
  { user, sessions: [{ id: sessionId }], now }: Account,
  overrides: Partial<RenewRecoveryCodes> = {},
): RenewRecoveryCodes {
  const recoveryCodes = randomRecoveryCodes(5)
  return { userId: user.id, recoveryCodes, asking: { sessionId, now }, messages: [], ...overrides }
}

/** Cases for replacing the recovery codes. */
export const renewRecoveryCodesCases: readonly ConformanceCase[] = [
  ...askingCases({
    'secondFactors.renewRecoveryCodes': {
      granted: 'unknown',
      ask: ({ secondFactors }, account, asking) => secondFactors.renewRecoveryCodes(renewalOf(account, { asking })),
    },
  }),
  {
    title: 'secondFactors.renewRecoveryCodes: the number of codes is the new one, and nothing else changes',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, now } = account
      const look = async () => [
        await storage.users.find({ userId: user.id }),
        await storage.sessions.list({ userId: user.id, now, limit: 10, offset: 0 }),
      ]
      const before = await look()
      const answer = await storage.secondFactors.renewRecoveryCodes(renewalOf(account))
      expectEqual(answer, { outcome: 'renewed' }, 'A user with a confirmed app gets new recovery codes')
      await expectFactors(storage, account, factorsOf(account, { recoveryCodesLeft: 5 }), 'The new codes are stored')
      expectEqual(await look(), before, 'New recovery codes change nothing else')
    },
  },
  {
    title: 'secondFactors.renewRecoveryCodes: the earlier codes are spent, and the new ones are good',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const request = renewalOf(account)
      await storage.secondFactors.renewRecoveryCodes(request)
      const earlier = account.recoveryCodes.map(hash => ['spent', hash] as const)
      const later = request.recoveryCodes.map(hash => ['opened', hash] as const)
      for (const [outcome, hash] of [...earlier, ...later]) {
        const proofs = beside(account, recoveryCodeProof(hash))
        const answer = await storage.sessions.open(openingOf(account, { proofs }))
        expectEqual(answer.outcome, outcome, 'The new recovery codes replace all earlier ones')
      }
    },
  },
  {
    title: 'secondFactors.renewRecoveryCodes: a code that was used can be replaced too',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      for (const [index] of account.recoveryCodes.entries())
        await storage.sessions.open(
          openingOf(account, { proofs: beside(account, recoveryCodeProofOf(account, index)) }),
        )
      await expectFactors(storage, account, factorsOf(account, { recoveryCodesLeft: 0 }), 'Every code is used')
      await storage.secondFactors.renewRecoveryCodes(renewalOf(account))
      await expectFactors(storage, account, factorsOf(account, { recoveryCodesLeft: 5 }), 'The new codes are stored')
    },
  },
  {
    title: 'secondFactors.renewRecoveryCodes: without a confirmed app the answer is unknown and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const renew = () => storage.secondFactors.renewRecoveryCodes(renewalOf(account))
      const rule = 'Only a user with a confirmed app has recovery codes'
      expectEqual(await expectNothingWritten(storage, account, renew, rule), { outcome: 'unknown' }, rule)
      await storeFactor(storage, account)
      expectEqual(await expectNothingWritten(storage, account, renew, rule), { outcome: 'unknown' }, rule)
    },
  },
  {
    title: 'secondFactors.renewRecoveryCodes: a session that is not live replaces no codes',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const other = await storeAccount(storage, { createdAt: user.createdAt })
      await storage.sessions.revoke({ sessionId: sessions[1].id, now })
      const rule = 'Only a live session of the user replaces the codes'
      for (const sessionId of [sessions[1].id, other.sessions[0].id, randomUUID()]) {
        const request = renewalOf(account, { asking: { sessionId, now } })
        const renew = () => storage.secondFactors.renewRecoveryCodes(request)
        expectEqual(await expectNothingWritten(storage, account, renew, rule), { outcome: 'sessionEnded' }, rule)
      }
      const proofs = beside(account, recoveryCodeProofOf(account))
      const { outcome } = await storage.sessions.open(openingOf(account, { proofs }))
      expectEqual(outcome, 'opened', 'The codes are still good')
    },
  },
  {
    title: 'secondFactors.renewRecoveryCodes: recovery codes of other users stay',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const other = await storeProtectedAccount(storage)
      await storage.secondFactors.renewRecoveryCodes(renewalOf(account))
      await expectFactors(storage, other, factorsOf(other), 'A renewal does not affect other users')
    },
  },
]
