import {
  codeProofOf,
  expectCode,
  provenUser,
  storeCode,
  trialOf,
} from '../features/email-codes/conformance/code-account.js'
import {
  expectPasskeys,
  openWith,
  passkeyProofOf,
  registrationOf,
  signInOf,
  storePasskey,
  storePasskeyAccount,
  usedPasskey,
} from '../features/passkeys/conformance/passkey-account.js'
import { type ConformanceCase, needing } from './conformance-case.js'
import { expectEqual, expectOutcome } from './contract.js'
import { expectSucceeded, type ProvenMethod, provenMethods } from './proven-methods.js'
import { concurrently, raceCase } from './race.js'
import { storeAccount } from './stored-records.js'

const proven = { emailConfirmedAt: 1_000_000_000_004 }

function casesOf(method: ProvenMethod): readonly ConformanceCase[] {
  return [
    {
      title: `${method.method}: a mailed code and a passkey in one request are both used`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage, proven)
        const [passkey, other] = account.passkeys
        const code = await storeCode(storage, account.user)
        const use = passkeyProofOf(passkey)
        const rule = 'Every proof of the request is used'
        await expectSucceeded(method, storage, account, [codeProofOf(code), use], rule)
        await expectPasskeys(storage, account, [usedPasskey(passkey, use, account.now), other], rule)
        await expectCode(storage, code, null, rule)
      },
    },
    {
      title: `${method.method}: a mailed code and a passkey are not used unless both hold`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage, proven)
        const [passkey, other] = account.passkeys
        const code = await storeCode(storage, account.user)
        const copied = passkeyProofOf(passkey, { counter: 1 })
        const guess = codeProofOf({ ...code, id: account.user.id })
        const use = passkeyProofOf(passkey)
        const rule = 'No proof is used unless all hold'
        for (const proofs of [
          [codeProofOf(code), copied],
          [copied, codeProofOf(code)],
          [guess, use],
          [use, guess],
        ])
          expectEqual(await method.attempt(storage, account, proofs), { outcome: 'stale' }, rule)
        await expectPasskeys(storage, account, [passkey, other], rule)
        await expectCode(storage, code, code, rule)
        await expectSucceeded(method, storage, account, [use, codeProofOf(code)], rule)
      },
    },
  ]
}

/** Cases for users who have passkeys and are mailed codes. */
export const mailedCodeAndPasskeyCases: readonly ConformanceCase[] = needing(
  ['email-codes', 'passkeys'],
  [
    ...provenMethods.flatMap(casesOf),
    {
      title: 'signInCodes.tryCode: the passkeys of an unproven address are removed, and their challenges stay spent',
      async run({ storage }) {
        const [account, other] = [await storePasskeyAccount(storage), await storePasskeyAccount(storage)]
        const { challengeHash, challengeExpiresAt, ...use } = passkeyProofOf(account.passkeys[0])
        const challenge = { challengeHash, challengeExpiresAt }
        await storage.sessions.open(signInOf(account, [{ ...use, ...challenge }]))
        const code = await storeCode(storage, account.user)
        const rule = 'The owner of the passkeys had not proven ownership of the address'
        expectOutcome(await storage.signInCodes.tryCode(trialOf(code)), 'right', rule)
        await expectPasskeys(storage, account, [], rule)
        for (const passkey of account.passkeys) {
          const { credentialId } = passkey
          expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), null, rule)
          const proofs = [passkeyProofOf({ ...passkey, counter: 100 })]
          expectEqual(await storage.sessions.open(signInOf(account, proofs)), { outcome: 'stale' }, rule)
        }
        await expectPasskeys(storage, other, other.passkeys, 'Passkeys of other users stay')
        const again = await storage.sessions.open(signInOf(other, [passkeyProofOf(other.passkeys[0], challenge)]))
        expectEqual(again, { outcome: 'spent' }, 'A proven address gives no challenge back')
      },
    },
    {
      title: 'signInCodes.tryCode: the passkeys of a proven address stay',
      async run({ storage }) {
        const account = await storePasskeyAccount(storage, proven)
        const code = await storeCode(storage, account.user)
        await storage.signInCodes.tryCode(trialOf(code))
        const rule = 'The owner of a proven address loses nothing by a code'
        await expectPasskeys(storage, account, account.passkeys, rule)
        await openWith(storage, account, account.passkeys[0])
      },
    },
    raceCase('race: no passkey outlives the proof of the address', async (storage, all) => {
      const account = await storeAccount(storage)
      const { user, now } = account
      const passkey = await storePasskey(storage, account)
      const code = await storeCode(storage, user)
      await concurrently(all, (connection, index): Promise<{ readonly outcome: string }> => {
        if (index === 7) return connection.signInCodes.tryCode(trialOf(code, { now }))
        if (index % 2 === 0) return connection.passkeys.register(registrationOf(account))
        const proofs = [passkeyProofOf(passkey, { counter: 10 + index })]
        return connection.sessions.open(signInOf(account, proofs))
      })
      const rule = 'A passkey and its sessions either precede the proof and are removed, or follow it and are refused'
      await expectPasskeys(storage, account, [], rule)
      const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
      expectEqual(items, [], rule)
      const stored = await storage.users.find({ userId: user.id })
      expectEqual({ ...stored, lastSignInAt: now }, { ...provenUser(account), lastSignInAt: now }, rule)
    }),
  ],
)
