import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import {
  expectFactors,
  factorsOf,
  randomRecoveryCode,
  recoveryCodeProof,
  recoveryCodeProofOf,
  storeProtectedAccount,
} from './protected-account.js'
import { beside, expectRefused, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method } = proven
  return [
    {
      title: `${method}: a recovery code is accepted beside the password, and is removed`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        for (const [index, left] of [2, 1, 0].entries()) {
          const proofs = beside(account, recoveryCodeProofOf(account, index))
          await expectSucceeded(proven, storage, account, proofs, 'A stored recovery code is accepted')
          const asked = factorsOf(account, { recoveryCodesLeft: left })
          await expectFactors(storage, account, asked, 'That code is removed, and no other')
        }
      },
    },
    {
      title: `${method}: a recovery code that was used or never existed is spent and nothing is written`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const used = beside(account, recoveryCodeProofOf(account))
        await expectSucceeded(proven, storage, account, used, 'A stored recovery code is accepted')
        for (const proofs of [used, beside(account, recoveryCodeProof(randomRecoveryCode()))])
          await expectRefused(
            proven,
            storage,
            account,
            { outcome: 'spent', proofs },
            'A recovery code is accepted once',
          )
      },
    },
    {
      title: `${method}: another user’s recovery code is spent, and stays good for its owner`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const other = await storeProtectedAccount(storage, { createdAt: account.user.createdAt })
        const code = recoveryCodeProofOf(other)
        const rule = 'A recovery code is good for its user only'
        await expectRefused(proven, storage, account, { outcome: 'spent', proofs: beside(account, code) }, rule)
        await expectFactors(storage, other, factorsOf(other), rule)
        await expectSucceeded(proven, storage, other, beside(other, code), rule)
      },
    },
    {
      title: `${method}: for a user without a second factor a recovery code is spent`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const other = await storeProtectedAccount(storage)
        for (const code of [recoveryCodeProof(randomRecoveryCode()), recoveryCodeProofOf(other)])
          await expectRefused(
            proven,
            storage,
            account,
            { outcome: 'spent', proofs: beside(account, code) },
            'A user without recovery codes proves nothing with one',
          )
      },
    },
  ]
}

/** Cases for a recovery code as a proof. */
export const recoveryCodeProofCases: readonly ConformanceCase[] = provenMethods.flatMap(casesOf)
