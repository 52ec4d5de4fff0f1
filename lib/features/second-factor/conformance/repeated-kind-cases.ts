import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import type { Proof } from '../../sessions/port.js'
import { recoveryCodeProofOf, storeProtectedAccount, totpProofOf } from './protected-account.js'
import { beside, expectRefused, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'

function caseOf(proven: ProvenMethod): ConformanceCase {
  return {
    title: `${proven.method}: two second factors of one kind are stale, and none is used`,
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const rule = 'A kind occurs once in a request'
      const [totp, later, spent] = [totpProofOf(account), totpProofOf(account, 2), totpProofOf(account, 0)]
      const [code, otherCode] = [recoveryCodeProofOf(account), recoveryCodeProofOf(account, 1)]
      const repeated: readonly (readonly Proof[])[] = [
        [totp, later],
        [later, totp],
        [totp, totp],
        [spent, totp],
        [code, otherCode],
        [code, code],
        [totp, code, otherCode],
      ]
      for (const kinds of repeated) {
        const proofs = beside(account, ...kinds)
        await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, rule)
      }
      await expectSucceeded(proven, storage, account, beside(account, totp, code), rule)
    },
  }
}

/** Cases for requests with two proofs of one kind, of which a storage might use only one. */
export const repeatedKindCases: readonly ConformanceCase[] = provenMethods.map(caseOf)
