import type { Storage } from '../composition/storage.js'
import { storeCode, trialOf } from '../features/email-codes/conformance/code-account.js'
import { expectPasskeys, storePasskey } from '../features/passkeys/conformance/passkey-account.js'
import { removalOf } from '../features/passkeys/conformance/remove-passkey-cases.js'
import {
  adoptionOf,
  expectIdentities,
  identityProofOf,
  idsOfSessions,
  openWith,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from '../features/providers/conformance/identity-account.js'
import { unlinkOf } from '../features/providers/conformance/unlink-identity-cases.js'
import {
  expectFactors,
  expectNothingWritten,
  factorsOf,
  none,
  storeProtectedAccount,
  totpProofOf,
} from '../features/second-factor/conformance/protected-account.js'
import { type ConformanceCase, needing } from './conformance-case.js'
import { expectEqual, expectOutcome } from './contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'
import { concurrently, countOf, raceCase } from './race.js'
import { storeAccount } from './stored-records.js'

type Outcome = Promise<{ readonly outcome: string }>

function appCasesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, attempt } = proven
  return [
    {
      title: `${method}: an identity alone is secondFactorMissing if the user has a confirmed app, and is not used`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const identity = await storeIdentity(storage, account)
        const rule = 'An identity is no second factor'
        for (const proofs of [[identityProofOf(identity)], beside(account, identityProofOf(identity))]) {
          const answer = await expectNothingWritten(storage, account, () => attempt(storage, account, proofs), rule)
          expectEqual(answer, { outcome: 'secondFactorMissing' }, rule)
          await expectIdentities(storage, account, [identity], rule)
        }
      },
    },
    {
      title: `${method}: an identity and a code of the app are both used`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { factor, lastStep, now } = account
        const identity = await storeIdentity(storage, account)
        const rule = 'Every proof of the request is used'
        const proofs = [identityProofOf(identity), totpProofOf(account)]
        await expectSucceeded(proven, storage, account, proofs, rule)
        const totp = { ...factor, lastStep: lastStep + 1 }
        await expectFactors(storage, account, factorsOf(account, { totp }), rule)
        await expectIdentities(storage, account, [{ ...identity, lastUsedAt: now }], rule)
      },
    },
  ]
}

/** Cases for identities beside an authenticator app. */
const identityAndAppCases = needing(
  ['providers', 'second-factor'],
  [
    ...provenMethods.flatMap(appCasesOf),
    {
      title: 'identities.adopt: an unproven account loses its authenticator app, a proven one keeps it',
      async run({ storage }) {
        const unproven = await storeProtectedAccount(storage)
        const proven = await storeProtectedAccount(storage, { emailConfirmedAt: 1_000_000_000_004 })
        const rule = 'The creator of the app had not proven ownership of the address'
        for (const account of [unproven, proven])
          expectOutcome(await storage.identities.adopt(adoptionOf(account, { mayLinkProven: true })), 'linked', rule)
        await expectFactors(storage, unproven, none, rule)
        await expectFactors(storage, proven, factorsOf(proven), 'The owner of a proven address keeps the app')
      },
    },
  ],
)

async function storeBoth(storage: Storage) {
  const account = await storePasswordlessAccount(storage)
  return { account, passkey: await storePasskey(storage, account), identity: await storeIdentity(storage, account) }
}

/** Cases for identities beside passkeys. */
const identityAndPasskeyCases = needing(
  ['passkeys', 'providers'],
  [
    {
      title: 'identities.unlink: a passkey is another way to sign in',
      async run({ storage }) {
        const { account, passkey, identity } = await storeBoth(storage)
        const rule = 'A user without a password can still use the passkey'
        expectOutcome(await storage.identities.unlink(unlinkOf(account, identity)), 'unlinked', rule)
        const removal = await storage.passkeys.remove(removalOf(account, passkey))
        expectEqual(removal, { outcome: 'lastSignInMethod' }, 'The passkey is now the last way to sign in')
      },
    },
    {
      title: 'passkeys.remove: an identity is another way to sign in',
      async run({ storage }) {
        const { account, passkey, identity } = await storeBoth(storage)
        const rule = 'A user without a password can still use the identity'
        expectOutcome(await storage.passkeys.remove(removalOf(account, passkey)), 'removed', rule)
        const removal = await storage.identities.unlink(unlinkOf(account, identity))
        expectEqual(removal, { outcome: 'lastSignInMethod' }, 'The identity is now the last way to sign in')
      },
    },
    {
      title: 'identities.adopt: an unproven account loses its passkeys, a proven one keeps them',
      async run({ storage }) {
        const unproven = await storeAccount(storage)
        const proven = await storeAccount(storage, { emailConfirmedAt: 1_000_000_000_004 })
        await storePasskey(storage, unproven)
        const passkey = await storePasskey(storage, proven)
        const rule = 'The creator of the passkeys had not proven ownership of the address'
        for (const account of [unproven, proven])
          expectOutcome(await storage.identities.adopt(adoptionOf(account, { mayLinkProven: true })), 'linked', rule)
        await expectPasskeys(storage, unproven, [], rule)
        await expectPasskeys(storage, proven, [passkey], 'The owner of a proven address keeps the passkeys')
      },
    },
    raceCase('race: a passkey and an identity are never removed together', async (storage, all) => {
      const { account, passkey, identity } = await storeBoth(storage)
      const answers = await concurrently(
        all,
        (connection, index): Outcome =>
          index % 4 < 2
            ? connection.passkeys.remove(removalOf(account, passkey))
            : connection.identities.unlink(unlinkOf(account, identity)),
      )
      const rule = 'One way to sign in stays'
      expectEqual(countOf(answers, 'removed') + countOf(answers, 'unlinked'), 1, rule)
      const { user } = account
      const left = [
        await storage.passkeys.list({ userId: user.id }),
        await storage.identities.list({ userId: user.id }),
      ]
      expectEqual(left.flat().length, 1, rule)
    }),
  ],
)

/** Cases for identities beside mailed codes. */
const identityAndCodeCases = needing(
  ['email-codes', 'providers'],
  [
    {
      title: 'signInCodes.tryCode: the identities of an unproven account are removed, those of a proven one stay',
      async run({ storage }) {
        const unproven = await storeIdentityAccount(storage)
        const proven = await storeIdentityAccount(storage, { emailConfirmedAt: 1_000_000_000_004 })
        const rule = 'The creator of the identities had not proven ownership of the address'
        for (const account of [unproven, proven]) {
          const code = await storeCode(storage, account.user)
          expectOutcome(await storage.signInCodes.tryCode(trialOf(code)), 'right', rule)
        }
        await expectIdentities(storage, unproven, [], rule)
        await expectIdentities(storage, proven, proven.identities, 'The owner of a proven address keeps the identities')
        await openWith(storage, proven, proven.identities[0])
      },
    },
    raceCase('race: of a mailed code and an adoption one proves the address', async (storage, all) => {
      const account = await storeAccount(storage)
      const { user, now } = account
      const code = await storeCode(storage, user)
      const answers = await concurrently(
        all,
        async (connection, index): Promise<{ readonly outcome: string; readonly isProvenNow?: boolean }> =>
          index % 2 === 0
            ? connection.signInCodes.tryCode(trialOf(code, { now }))
            : connection.identities.adopt(adoptionOf(account)),
      )
      const rule = 'The address is proven once, and nothing of before is left'
      expectEqual(answers.filter(({ isProvenNow = false }) => isProvenNow).length, 1, rule)
      const listed = await storage.identities.list({ userId: user.id })
      expectEqual([listed.length, await idsOfSessions(storage, account)], [countOf(answers, 'linked'), []], rule)
    }),
  ],
)

/** Cases for identities beside the factors of other optional features. */
export const identityAndOtherFactorCases: readonly ConformanceCase[] = [
  ...identityAndAppCases,
  ...identityAndPasskeyCases,
  ...identityAndCodeCases,
]
