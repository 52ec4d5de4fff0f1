import type { Storage } from '../composition/storage.js'
import {
  expectPasskeys,
  type PasskeyUse,
  passkeyProofOf,
  storePasskey,
  storePasswordlessAccount,
  usedPasskey,
} from '../features/passkeys/conformance/passkey-account.js'
import type { PasskeyRecord } from '../features/passkeys/port.js'
import {
  expectFactors,
  expectNothingWritten,
  factorsOf,
  type ProtectedAccount,
  randomFactor,
  randomRecoveryCodes,
  recoveryCodeProofOf,
  stepAt,
  storeProtectedAccount,
  totpProofOf,
} from '../features/second-factor/conformance/protected-account.js'
import type { Proof } from '../features/sessions/port.js'
import { type ConformanceCase, needing } from './conformance-case.js'
import { expectEqual, expectOutcome } from './contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'
import { hourMilliseconds } from './random-records.js'

/** An account with a confirmed app, and a passkey. */
interface BothFactors {
  readonly account: ProtectedAccount
  readonly passkey: PasskeyRecord
  /** A use of the passkey. */
  readonly use: PasskeyUse
}

async function storeBothFactors(storage: Storage): Promise<BothFactors> {
  const account = await storeProtectedAccount(storage)
  const passkey = await storePasskey(storage, account)
  return { account, passkey, use: passkeyProofOf(passkey) }
}

async function expectRefused(
  { attempt }: ProvenMethod,
  storage: Storage,
  { account, passkey }: BothFactors,
  { outcome, proofs }: { readonly outcome: string; readonly proofs: readonly Proof[] },
  rule: string,
): Promise<void> {
  const answer = await expectNothingWritten(storage, account, () => attempt(storage, account, proofs), rule)
  expectEqual(answer, { outcome }, rule)
  await expectPasskeys(storage, account, [passkey], rule)
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, attempt } = proven
  return [
    {
      title: `${method}: a passkey alone is both factors if the user has a confirmed app`,
      async run({ storage }) {
        const { account, passkey, use } = await storeBothFactors(storage)
        const rule = 'A passkey is a first and a second factor, and uses no other'
        await expectSucceeded(proven, storage, account, [use], rule)
        await expectFactors(storage, account, factorsOf(account), rule)
        await expectPasskeys(storage, account, [usedPasskey(passkey, use, account.now)], rule)
      },
    },
    {
      title: `${method}: a passkey is the second factor beside the password`,
      async run({ storage }) {
        const { account, use } = await storeBothFactors(storage)
        const rule = 'A passkey is a second factor too'
        await expectSucceeded(proven, storage, account, beside(account, use), rule)
        await expectFactors(storage, account, factorsOf(account), rule)
      },
    },
    {
      title: `${method}: a passkey and a code of the app in one request are both used`,
      async run({ storage }) {
        const { account, passkey, use } = await storeBothFactors(storage)
        const { factor, lastStep } = account
        const rule = 'Every proof of the request is used'
        await expectSucceeded(proven, storage, account, [use, totpProofOf(account)], rule)
        const totp = { ...factor, lastStep: lastStep + 1 }
        await expectFactors(storage, account, factorsOf(account, { totp }), rule)
        await expectPasskeys(storage, account, [usedPasskey(passkey, use, account.now)], rule)
      },
    },
    {
      title: `${method}: of a passkey and a code the first that does not hold decides, and neither is used`,
      async run({ storage }) {
        const both = await storeBothFactors(storage)
        const { account, passkey, use } = both
        const spent = totpProofOf(account, 0)
        const copied = passkeyProofOf(passkey, { counter: passkey.counter })
        const [totp, code] = [totpProofOf(account), recoveryCodeProofOf(account)]
        const rule = 'The outcome is that of the first proof that does not hold, and no proof is used'
        for (const [outcome, proofs] of [
          ['spent', [use, spent]],
          ['spent', [spent, use]],
          ['spent', [spent, copied]],
          ['stale', [copied, spent]],
          ['stale', [copied, totp]],
          ['stale', [totp, copied]],
          ['stale', [code, copied]],
        ] as const)
          await expectRefused(proven, storage, both, { outcome, proofs }, rule)
        await expectSucceeded(proven, storage, account, [use, totp], rule)
      },
    },
    {
      title: `${method}: a passkey makes no second factor due, and replaces none that is due`,
      async run({ storage }) {
        const both = await storeBothFactors(storage)
        const { account } = both
        const proofs = beside(account)
        const rule = 'The app is due with the password alone, even if the user has a passkey'
        await expectRefused(proven, storage, both, { outcome: 'secondFactorMissing', proofs }, rule)
      },
    },
    {
      title: `${method}: a removed passkey does not replace the second factor`,
      async run({ storage }) {
        const { account, passkey, use } = await storeBothFactors(storage)
        const { user, sessions, now } = account
        const asking = { sessionId: sessions[0].id, now }
        const request = { passkeyId: passkey.id, userId: user.id, asking, now, messages: [] }
        const rule = 'Only a stored passkey is a factor'
        expectOutcome(await storage.passkeys.remove(request), 'removed', rule)
        for (const [outcome, proofs] of [
          ['stale', [use]],
          ['stale', beside(account, use)],
          ['secondFactorMissing', beside(account)],
        ] as const)
          expectEqual(await attempt(storage, account, proofs), { outcome }, rule)
      },
    },
  ]
}

/** Cases for users who have passkeys and an authenticator app. */
export const passkeyAndAppCases: readonly ConformanceCase[] = needing(
  ['passkeys', 'second-factor'],
  [
    ...provenMethods.flatMap(casesOf),
    {
      title: 'sessions.open: a second factor is no first one, even if the user has a passkey',
      async run({ storage }) {
        const both = await storeBothFactors(storage)
        const [open] = provenMethods as [ProvenMethod]
        for (const proofs of [[totpProofOf(both.account)], [recoveryCodeProofOf(both.account)]])
          await expectRefused(open, storage, both, { outcome: 'stale', proofs }, 'A session needs a first factor')
      },
    },
    {
      title: 'passkeys.remove: an app is no way to sign in: the only passkey without a password is lastSignInMethod',
      async run({ storage }) {
        const account = await storePasswordlessAccount(storage)
        const { user, sessions, now } = account
        const passkey = await storePasskey(storage, account)
        const [{ id: sessionId }] = sessions
        const asking = { sessionId, now }
        const factor = randomFactor(user)
        await storage.secondFactors.startTotp({ factor, asking })
        const going = { userId: user.id, sessionId, idleExpiresAt: now + hourMilliseconds, now }
        const enrolment = { factorId: factor.id, step: stepAt(now), recoveryCodes: randomRecoveryCodes(), messages: [] }
        const rule = 'An app and its codes are no first factor'
        expectOutcome(await storage.secondFactors.confirmTotp({ ...going, ...enrolment }), 'confirmed', rule)
        const request = { passkeyId: passkey.id, userId: user.id, asking, now, messages: [] }
        expectEqual(await storage.passkeys.remove(request), { outcome: 'lastSignInMethod' }, rule)
        await expectPasskeys(storage, account, [passkey], rule)
      },
    },
    {
      title: 'secondFactors.removeTotp, secondFactors.clear: the passkeys stay',
      async run({ storage }) {
        for (const isCleared of [true, false]) {
          const { account, passkey } = await storeBothFactors(storage)
          const { user, sessions, now } = account
          const request = { userId: user.id, now, messages: [] }
          const asking = { sessionId: sessions[0].id, now }
          if (isCleared) await storage.secondFactors.clear(request)
          else await storage.secondFactors.removeTotp({ ...request, asking })
          await expectPasskeys(storage, account, [passkey], 'A passkey is not one of the second factors')
        }
      },
    },
  ],
)
