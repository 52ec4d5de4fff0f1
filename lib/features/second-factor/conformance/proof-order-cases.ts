import { openingOf, passwordProofOf, reauthenticationOf, unknownProof } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import {
  expectFactors,
  expectNothingWritten,
  factorsOf,
  type ProtectedAccount,
  randomRecoveryCode,
  recoveryCodeProof,
  recoveryCodeProofOf,
  storeDisabledProtectedAccount,
  storeFactor,
  storeProtectedAccount,
  totpProofOf,
} from './protected-account.js'
import { beside, expectRefused, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'

const outdated = passwordProofOf({ passwordHash: randomPasswordHash() })

/** Proofs of an account that do not hold. */
function failing(account: ProtectedAccount) {
  const spent = totpProofOf(account, 0)
  const stale = totpProofOf(account, 1, { factorId: account.user.id })
  const spentCode = recoveryCodeProof(randomRecoveryCode())
  return { spent, stale, spentCode }
}

/** Returns lists of proofs, each with the outcome: that of the first proof that does not hold. */
function refusedLists(account: ProtectedAccount): readonly (readonly [string, readonly Proof[]])[] {
  const { spent, stale, spentCode } = failing(account)
  const [password, totp, code] = [passwordProofOf(account.user), totpProofOf(account), recoveryCodeProofOf(account)]
  return [
    ['stale', [outdated, totp]],
    ['stale', [totp, outdated]],
    ['stale', [outdated, code]],
    ['stale', [code, outdated]],
    ['stale', [outdated]],
    ['stale', [outdated, spent]],
    ['spent', [spent, outdated]],
    ['stale', [password, stale, spentCode]],
    ['spent', [password, spentCode, stale]],
    ['spent', [password, code, spent]],
    ['spent', [password, spent, code]],
    ['stale', [password, code, stale]],
    ['stale', [password, totp, unknownProof]],
    ['stale', [unknownProof, password, code]],
    ['stale', [password, spent, unknownProof]],
  ]
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, attempt, ifDisabled } = proven
  return [
    {
      title: `${method}: the first proof that does not hold decides the outcome, and no proof is used`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const rule = 'The outcome is the first of stale and spent by the order of the proofs, and no proof is used'
        for (const [outcome, proofs] of refusedLists(account))
          await expectRefused(proven, storage, account, { outcome, proofs }, rule)
        await expectSucceeded(proven, storage, account, beside(account, totpProofOf(account)), rule)
        await expectSucceeded(proven, storage, account, beside(account, recoveryCodeProofOf(account)), rule)
      },
    },
    {
      title: `${method}: the password alone is secondFactorMissing if the user has a confirmed app`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const rule = 'A confirmed second factor is due'
        const proofs = beside(account)
        await expectRefused(proven, storage, account, { outcome: 'secondFactorMissing', proofs }, rule)
        for (const [index] of account.recoveryCodes.entries())
          await expectSucceeded(proven, storage, account, beside(account, recoveryCodeProofOf(account, index)), rule)
        await expectRefused(
          proven,
          storage,
          account,
          { outcome: 'secondFactorMissing', proofs },
          `${rule} without codes`,
        )
      },
    },
    {
      title: `${method}: an app that is not confirmed makes no second factor due`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const factor = await storeFactor(storage, account)
        const rule = 'Only a confirmed app is a second factor'
        await expectSucceeded(proven, storage, account, beside(account), rule)
        await expectFactors(storage, account, { totp: factor, recoveryCodesLeft: 0 }, rule)
      },
    },
    {
      title: `${method}: another user’s second factor is not due`,
      async run({ storage }) {
        const { user } = await storeProtectedAccount(storage)
        const account = await storeAccount(storage, { createdAt: user.createdAt })
        await expectSucceeded(proven, storage, account, beside(account), 'Second factors belong to one user')
      },
    },
    {
      title: `${method}: an app and a recovery code in one request are both used`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { factor, lastStep } = account
        const proofs = beside(account, recoveryCodeProofOf(account), totpProofOf(account))
        const rule = 'Every proof of the request is used'
        await expectSucceeded(proven, storage, account, proofs, rule)
        const asked = { totp: { ...factor, lastStep: lastStep + 1 }, recoveryCodesLeft: 2 }
        await expectFactors(storage, account, asked, rule)
      },
    },
    {
      title: `${method}: for a disabled user no proof is used`,
      async run({ storage }) {
        const account = await storeDisabledProtectedAccount(storage)
        const rule = 'Proofs that hold reveal that the user is disabled, and stay good'
        const kinds = [totpProofOf(account), recoveryCodeProofOf(account)]
        for (const proof of kinds)
          await expectRefused(proven, storage, account, { outcome: ifDisabled, proofs: beside(account, proof) }, rule)
        await storage.users.enable({ userId: account.user.id })
        for (const proof of kinds) {
          const { outcome } = await storage.sessions.open(openingOf(account, { proofs: beside(account, proof) }))
          expectEqual(outcome, 'opened', rule)
        }
      },
    },
    {
      title: `${method}: only the last factor reveals that a user is disabled`,
      async run({ storage }) {
        const account = await storeDisabledProtectedAccount(storage)
        const { spent, stale } = failing(account)
        const rule = 'Without proofs of both factors a disabled user is not revealed'
        for (const [outcome, proofs] of [
          ['secondFactorMissing', beside(account)],
          ['spent', beside(account, spent)],
          ['stale', beside(account, stale)],
          ['stale', [outdated]],
        ] as const)
          await expectRefused(proven, storage, account, { outcome, proofs }, rule)
      },
    },
    {
      title: `${method}: a proof that was refused is good until it is used`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const rule = 'A refused proof is not used'
        for (const proof of [totpProofOf(account), recoveryCodeProofOf(account)]) {
          const { outcome } = await attempt(storage, account, [outdated, proof])
          expectEqual(outcome, 'stale', rule)
          await expectSucceeded(proven, storage, account, beside(account, proof), rule)
        }
      },
    },
    {
      title: `${method}: for a deleted user every proof is stale`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        await storage.users.delete({ userId: account.user.id, now: account.now })
        const rule = 'A deleted user proves nothing'
        for (const proof of [totpProofOf(account), recoveryCodeProofOf(account), totpProofOf(account, 0)])
          await expectRefused(proven, storage, account, { outcome: 'stale', proofs: beside(account, proof) }, rule)
      },
    },
  ]
}

/** Cases for which outcome comes first, and for proofs that stay good unless the call succeeds. */
export const proofOrderCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  {
    title: 'sessions.open: a second factor alone is stale, and is not used',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const kinds = [totpProofOf(account), recoveryCodeProofOf(account)]
      const rule = 'A session needs a first factor'
      for (const proofs of [...kinds.map(proof => [proof]), kinds, [totpProofOf(account, 0)]]) {
        const open = () => storage.sessions.open(openingOf(account, { proofs }))
        expectEqual(await expectNothingWritten(storage, account, open, rule), { outcome: 'stale' }, rule)
      }
      await expectFactors(storage, account, factorsOf(account), rule)
    },
  },
  {
    title: 'sessions.open: a sign-in without the second factor ends no session',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const open = () => storage.sessions.open(openingOf(account, { maximumPerUser: 1 }))
      const rule = 'Nothing is revoked unless the session is opened'
      expectEqual(await expectNothingWritten(storage, account, open, rule), { outcome: 'secondFactorMissing' }, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: a second factor alone is enough',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const [first] = sessions
      const secondFactors = [
        { proof: totpProofOf(account), method: 'totp' },
        { proof: recoveryCodeProofOf(account), method: 'recoveryCode' },
      ] as const
      for (const [index, { proof, method }] of secondFactors.entries()) {
        const request = reauthenticationOf(account, { proofs: [proof], methods: [method] })
        const generation = first.generation + 2 * index + 2
        const methods = index === 0 ? ['password', 'totp'] : ['password', 'totp', 'recoveryCode']
        const changed = { generation, methods, authenticatedAt: now, rotatedAt: now, expiresAt: request.idleExpiresAt }
        const answer = await storage.sessions.reauthenticate(request)
        const rule = 'A reauthentication needs one proof, of any factor'
        expectEqual(answer, { outcome: 'reauthenticated', user, session: { ...first, ...changed } }, rule)
      }
    },
  },
  {
    title: 'sessions.reauthenticate: a session that has ended uses no proof',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const other = await storeProtectedAccount(storage, { createdAt: account.user.createdAt })
      const [{ id: sessionId }] = account.sessions
      await storage.sessions.revoke({ sessionId, now: account.now })
      const kinds = [totpProofOf(account), recoveryCodeProofOf(account)]
      const rule = 'Nothing is written unless the session is reauthenticated'
      for (const id of [sessionId, other.sessions[0].id])
        for (const proof of kinds) {
          const request = reauthenticationOf(account, { proofs: [proof], sessionId: id })
          const attempt = () => storage.sessions.reauthenticate(request)
          expectEqual(await expectNothingWritten(storage, account, attempt, rule), { outcome: 'sessionEnded' }, rule)
        }
      await expectFactors(storage, other, factorsOf(other), rule)
      for (const proof of kinds) {
        const { outcome } = await storage.sessions.open(openingOf(account, { proofs: beside(account, proof) }))
        expectEqual(outcome, 'opened', rule)
      }
    },
  },
  {
    title: 'sessions.reauthenticate: a missing second factor comes before a session that has ended',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const [{ id: sessionId }] = account.sessions
      await storage.sessions.revoke({ sessionId, now: account.now })
      const answer = await storage.sessions.reauthenticate(reauthenticationOf(account))
      expectEqual(answer, { outcome: 'secondFactorMissing' }, 'Proofs are checked before the session')
    },
  },
]
