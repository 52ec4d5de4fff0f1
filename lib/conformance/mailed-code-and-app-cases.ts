import type { Storage } from '../composition/storage.js'
import {
  codeProofOf,
  expectCode,
  provenUser,
  storeCode,
  trialOf,
  wrongTrialOf,
} from '../features/email-codes/conformance/code-account.js'
import type { SignInCodeRecord } from '../features/email-codes/port.js'
import {
  confirmationOf,
  expectFactors,
  expectNothingWritten,
  factorsOf,
  none,
  type ProtectedAccount,
  randomFactor,
  recoveryCodeProofOf,
  storeFactor,
  storeProtectedAccount,
  totpProofOf,
} from '../features/second-factor/conformance/protected-account.js'
import type { Proof } from '../features/sessions/port.js'
import { type ConformanceCase, needing } from './conformance-case.js'
import { expectEqual, expectOutcome } from './contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'
import { concurrently, raceCase } from './race.js'
import type { UserWithPassword } from './random-records.js'
import { storeAccount } from './stored-records.js'

const proven = { emailConfirmedAt: 1_000_000_000_004 }

/** An account with a confirmed app, and a mailed code. */
interface AppAndCode {
  readonly account: ProtectedAccount
  readonly code: SignInCodeRecord
}

async function storeAppAndCode(storage: Storage, overrides: Partial<UserWithPassword> = proven): Promise<AppAndCode> {
  const account = await storeProtectedAccount(storage, overrides)
  return { account, code: await storeCode(storage, account.user) }
}

async function expectRefused(
  { attempt }: ProvenMethod,
  storage: Storage,
  { account, code }: AppAndCode,
  { outcome, proofs }: { readonly outcome: string; readonly proofs: readonly Proof[] },
  rule: string,
): Promise<void> {
  const answer = await expectNothingWritten(storage, account, () => attempt(storage, account, proofs), rule)
  expectEqual(answer, { outcome }, rule)
  await expectCode(storage, code, code, rule)
}

function casesOf(method: ProvenMethod): readonly ConformanceCase[] {
  return [
    {
      title: `${method.method}: a mailed code alone is secondFactorMissing if the user has a confirmed app, and stays`,
      async run({ storage }) {
        const both = await storeAppAndCode(storage)
        const { account, code } = both
        const missing = 'secondFactorMissing'
        const rule = 'A code is a first factor, and never a second one'
        const proof = codeProofOf(code)
        for (const proofs of [[proof], beside(account, proof)])
          await expectRefused(method, storage, both, { outcome: missing, proofs }, rule)
        await expectSucceeded(method, storage, account, [proof, totpProofOf(account)], rule)
      },
    },
    {
      title: `${method.method}: a mailed code and a second factor are both used`,
      async run({ storage }) {
        const { account, code } = await storeAppAndCode(storage)
        const { user, factor, lastStep } = account
        const rule = 'Every proof of the request is used'
        await expectSucceeded(method, storage, account, [codeProofOf(code), totpProofOf(account)], rule)
        const totp = { ...factor, lastStep: lastStep + 1 }
        await expectFactors(storage, account, factorsOf(account, { totp }), rule)
        await expectCode(storage, code, null, rule)
        const next = await storeCode(storage, user)
        await expectSucceeded(method, storage, account, [recoveryCodeProofOf(account), codeProofOf(next)], rule)
        await expectFactors(storage, account, { totp, recoveryCodesLeft: account.recoveryCodes.length - 1 }, rule)
        await expectCode(storage, next, null, rule)
      },
    },
    {
      title: `${method.method}: of a mailed code and a second factor the first that does not hold decides, and neither is used`,
      async run({ storage }) {
        const both = await storeAppAndCode(storage)
        const { account, code } = both
        const good = codeProofOf(code)
        const guess = codeProofOf({ ...code, hash: wrongTrialOf(code).hash })
        const [totp, spent, recovery] = [totpProofOf(account), totpProofOf(account, 0), recoveryCodeProofOf(account)]
        const rule = 'The outcome is that of the first proof that does not hold, and no proof is used'
        for (const [outcome, proofs] of [
          ['spent', [good, spent]],
          ['spent', [spent, good]],
          ['spent', [spent, guess]],
          ['stale', [guess, spent]],
          ['stale', [guess, totp]],
          ['stale', [totp, guess]],
          ['stale', [recovery, guess]],
        ] as const)
          await expectRefused(method, storage, both, { outcome, proofs }, rule)
        await expectSucceeded(method, storage, account, [good, totp], rule)
      },
    },
  ]
}

/** Cases for users who have an authenticator app and are mailed codes. */
export const mailedCodeAndAppCases: readonly ConformanceCase[] = needing(
  ['email-codes', 'second-factor'],
  [
    ...provenMethods.flatMap(casesOf),
    {
      title: 'signInCodes.tryCode: the app and the recovery codes of an unproven address are removed',
      async run({ storage }) {
        const { account, code } = await storeAppAndCode(storage, {})
        const other = await storeProtectedAccount(storage)
        const { now } = account
        const rule = 'The owner of the second factor had not proven ownership of the address'
        expectOutcome(await storage.signInCodes.tryCode(trialOf(code, { now })), 'right', rule)
        await expectFactors(storage, account, none, rule)
        await expectFactors(storage, other, factorsOf(other), 'Second factors of other users stay')
        const [open] = provenMethods as [ProvenMethod]
        await expectSucceeded(open, storage, account, [codeProofOf(code)], 'No second factor is due')
        expectEqual((await storage.users.find({ userId: account.user.id }))?.emailConfirmedAt, now, rule)
      },
    },
    {
      title: 'signInCodes.tryCode: an app that is not confirmed is removed, too',
      async run({ storage }) {
        const account = await storeAccount(storage)
        const factor = await storeFactor(storage, account)
        const code = await storeCode(storage, account.user)
        await storage.signInCodes.tryCode(trialOf(code))
        const rule = 'An app that was set up before the proof cannot be confirmed after it'
        await expectFactors(storage, account, none, rule)
        expectEqual(
          await storage.secondFactors.confirmTotp(confirmationOf(account, factor)),
          { outcome: 'stale' },
          rule,
        )
      },
    },
    {
      title: 'signInCodes.tryCode: the app and the recovery codes of a proven address stay',
      async run({ storage }) {
        const { account, code } = await storeAppAndCode(storage)
        const rule = 'A code does not replace the second factor'
        for (const trial of [trialOf(code), wrongTrialOf(code)]) await storage.signInCodes.tryCode(trial)
        await expectFactors(storage, account, factorsOf(account), rule)
      },
    },
    raceCase('race: no second factor outlives the proof of the address', async (storage, all) => {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const factor = await storeFactor(storage, account)
      const code = await storeCode(storage, user)
      const asking = { sessionId: sessions[0].id, now }
      await concurrently(all, (connection, index): Promise<{ readonly outcome: string }> => {
        if (index === 7) return connection.signInCodes.tryCode(trialOf(code, { now }))
        if (index % 2 === 0) return connection.secondFactors.confirmTotp(confirmationOf(account, factor))
        return connection.secondFactors.startTotp({ factor: randomFactor(user), asking })
      })
      const rule = 'A second factor either precedes the proof and is removed, or follows it and is refused'
      await expectFactors(storage, account, none, rule)
      expectEqual(await storage.users.find({ userId: user.id }), provenUser(account), rule)
    }),
  ],
)
