import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectOutcome } from '../../../conformance/contract.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import {
  confirmationOf,
  expectFactors,
  factorsOf,
  storeFactor,
  storeProtectedAccount,
  totpProofOf,
} from './protected-account.js'
import { beside, expectRefused, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method } = proven
  return [
    {
      title: `${method}: a code of the app is accepted beside the password, and its step is stored`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { factor, lastStep } = account
        const rule = 'A code of a later step than the last one is accepted'
        for (const ahead of [1, 2, 50]) {
          await expectSucceeded(proven, storage, account, beside(account, totpProofOf(account, ahead)), rule)
          const totp = { ...factor, lastStep: lastStep + ahead }
          await expectFactors(storage, account, factorsOf(account, { totp }), 'The step is stored, and no code is used')
        }
      },
    },
    {
      title: `${method}: a code of the app that was accepted before is spent and nothing is written`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const proofs = beside(account, totpProofOf(account))
        const rule = 'A code is accepted once'
        await expectSucceeded(proven, storage, account, proofs, rule)
        await expectRefused(proven, storage, account, { outcome: 'spent', proofs }, rule)
      },
    },
    {
      title: `${method}: a code of the app of an earlier step than the last one is spent and nothing is written`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const rule = 'A code is not accepted after a later one, even if it was never used'
        await expectSucceeded(proven, storage, account, beside(account, totpProofOf(account, 5)), rule)
        for (const ahead of [4, 1, 0, -1])
          await expectRefused(
            proven,
            storage,
            account,
            { outcome: 'spent', proofs: beside(account, totpProofOf(account, ahead)) },
            rule,
          )
        await expectSucceeded(proven, storage, account, beside(account, totpProofOf(account, 6)), 'A later one is good')
      },
    },
    {
      title: `${method}: a code of an unknown, a removed and another user’s app is stale and nothing is written`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { user, sessions, now } = account
        const other = await storeProtectedAccount(storage, { createdAt: user.createdAt })
        const rule = 'Only the user’s own app proves who they are'
        const unknown = totpProofOf(account, 1, { factorId: randomUUID() })
        const foreign = totpProofOf(other)
        for (const proof of [unknown, foreign])
          await expectRefused(proven, storage, account, { outcome: 'stale', proofs: beside(account, proof) }, rule)
        await expectFactors(storage, other, factorsOf(other), 'The other user’s app stays unchanged')
        const asking = { sessionId: sessions[0].id, now }
        await storage.secondFactors.removeTotp({ userId: user.id, asking, now, messages: [] })
        const proofs = beside(account, totpProofOf(account))
        await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, rule)
      },
    },
    {
      title: `${method}: a code of an app that is not confirmed is stale and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const factor = await storeFactor(storage, account)
        const proofs = beside(account, totpProofOf({ factor, lastStep: 0 }))
        const rule = 'Only a confirmed app is a second factor'
        await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, rule)
      },
    },
    {
      title: `${method}: the code that confirmed the app is spent`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const factor = await storeFactor(storage, account)
        const request = confirmationOf(account, factor)
        expectOutcome(await storage.secondFactors.confirmTotp(request), 'confirmed', 'An app is confirmed')
        const rule = 'The code of the confirmation is not accepted again, nor an earlier one'
        for (const step of [request.step, request.step - 1])
          await expectRefused(
            proven,
            storage,
            account,
            { outcome: 'spent', proofs: beside(account, { kind: 'totp', factorId: factor.id, step }) },
            rule,
          )
      },
    },
    {
      title: `${method}: a sealed secret that comes with an accepted code replaces the stored one`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { factor, lastStep } = account
        const sealedSecret = `${factor.sealedSecret}, sealed again`
        const proofs = beside(account, totpProofOf(account, 1, { sealedSecret }))
        const rule = 'The secret is sealed again in the step that accepts the code'
        await expectSucceeded(proven, storage, account, proofs, rule)
        const totp = { ...factor, lastStep: lastStep + 1, sealedSecret }
        await expectFactors(storage, account, factorsOf(account, { totp }), rule)
        const spent = beside(account, totpProofOf(account, 1, { sealedSecret: 'of a code that is spent' }))
        await expectRefused(proven, storage, account, { outcome: 'spent', proofs: spent }, rule)
        await expectSucceeded(proven, storage, account, beside(account, totpProofOf(account, 2)), rule)
        const kept = { ...totp, lastStep: lastStep + 2 }
        await expectFactors(
          storage,
          account,
          factorsOf(account, { totp: kept }),
          'Without a secret the stored one stays',
        )
      },
    },
  ]
}

/** Cases for a code of the authenticator app as a proof. */
export const totpProofCases: readonly ConformanceCase[] = provenMethods.flatMap(casesOf)
