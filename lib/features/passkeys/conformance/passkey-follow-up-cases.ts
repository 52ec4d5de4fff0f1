import type { Storage } from '../../../composition/storage.js'
import { changeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'
import type { PasskeyRecord } from '../port.js'
import {
  expectPasskeys,
  openWith,
  type PasskeyAccount,
  passkeyProofOf,
  randomPasskey,
  registrationOf,
  signInOf,
  storePasskeyAccount,
} from './passkey-account.js'

const provenAt = 1_000_000_000_004

async function resetPassword(storage: Storage, { tokens, now }: PasskeyAccount): Promise<void> {
  const { hash } = tokens.resetPassword
  const request = { hash, now, newHash: randomPasswordHash(), messages: [] }
  const rule = 'A live token of the user’s current address resets the password'
  expectOutcome(await storage.oneTimeTokens.resetPassword(request), 'reset', rule)
}

async function expectOpening(
  { sessions }: Storage,
  account: PasskeyAccount,
  passkey: PasskeyRecord,
  outcome: 'opened' | 'stale',
  rule: string,
): Promise<void> {
  const answer = await sessions.open(signInOf(account, [passkeyProofOf(passkey)]))
  expectEqual(answer.outcome, outcome, rule)
}

/** Cases for what becomes of passkeys when their user changes. */
export const passkeyFollowUpCases: readonly ConformanceCase[] = [
  {
    title: 'users.delete: the passkeys of the user are removed, and those of other users stay',
    async run({ storage }) {
      const [account, other] = [await storePasskeyAccount(storage), await storePasskeyAccount(storage)]
      await openWith(storage, account, account.passkeys[0])
      await storage.users.delete({ userId: account.user.id, now: account.now })
      const rule = 'A deletion removes the user with all passkeys, and no other'
      await expectPasskeys(storage, account, [], rule)
      for (const { credentialId } of account.passkeys)
        expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), null, rule)
      await expectPasskeys(storage, other, other.passkeys, rule)
    },
  },
  {
    title: 'users.delete: the credential id of a deleted user’s passkey is stored again, for another user',
    async run({ storage }) {
      const [account, other] = [await storePasskeyAccount(storage), await storeAccount(storage)]
      await storage.users.delete({ userId: account.user.id, now: account.now })
      const { credentialId } = account.passkeys[0]
      const passkey = randomPasskey(other.user, { credentialId })
      const answer = await storage.passkeys.register(registrationOf(other, { passkey }))
      const rule = 'A deleted user occupies no credential id'
      expectEqual(answer, { outcome: 'registered' }, rule)
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), passkey, rule)
    },
  },
  {
    title: 'users.delete: a user who gets the same id later has no passkey',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, passkeys, now } = account
      await storage.users.delete({ userId: user.id, now })
      await storeUser(storage, { id: user.id, createdAt: user.createdAt })
      const rule = 'Nothing is left of the passkeys of a deleted user'
      await expectPasskeys(storage, account, [], rule)
      await expectOpening(storage, account, passkeys[0], 'stale', rule)
    },
  },
  {
    title: 'users.disable: the passkeys stay, and are good when the user is enabled',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, passkeys, now } = account
      const rule = 'A user who is disabled and enabled keeps the passkeys'
      await storage.users.disable({ userId: user.id, now })
      await expectPasskeys(storage, account, passkeys, rule)
      await storage.users.enable({ userId: user.id })
      await expectPasskeys(storage, account, passkeys, rule)
      await expectOpening(storage, account, passkeys[0], 'opened', rule)
    },
  },
  {
    title: 'users.changePassword: the passkeys stay',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      expectOutcome(await storage.users.changePassword(changeOf(account)), 'changed', 'The old hash is right')
      const rule = 'A changed password leaves the passkeys alone'
      await expectPasskeys(storage, account, account.passkeys, rule)
      await expectOpening(storage, account, account.passkeys[0], 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the passkeys stay if the address was already confirmed',
    features: ['email'],
    async run({ storage }) {
      const account = await storePasskeyAccount(storage, { emailConfirmedAt: provenAt })
      await resetPassword(storage, account)
      const rule = 'A password reset does not replace the passkeys of a confirmed address'
      await expectPasskeys(storage, account, account.passkeys, rule)
      await expectOpening(storage, account, account.passkeys[0], 'opened', rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the passkeys are removed if the address was unconfirmed',
    features: ['email'],
    async run({ storage }) {
      const [account, other] = [await storePasskeyAccount(storage), await storePasskeyAccount(storage)]
      const { passkey } = await openWith(storage, account, account.passkeys[0])
      await resetPassword(storage, account)
      const rule = 'The owner of the passkeys had not proven ownership of the address'
      await expectPasskeys(storage, account, [], rule)
      for (const one of [passkey, account.passkeys[1]]) {
        const { credentialId } = one
        expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), null, rule)
        await expectOpening(storage, account, one, 'stale', rule)
      }
      await expectPasskeys(storage, other, other.passkeys, 'Passkeys of other users stay')
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: a challenge that a removed passkey has spent stays spent',
    features: ['email'],
    async run({ storage }) {
      const [account, other] = [await storePasskeyAccount(storage), await storePasskeyAccount(storage)]
      const { challengeHash, challengeExpiresAt, ...use } = passkeyProofOf(account.passkeys[0])
      const challenge = { challengeHash, challengeExpiresAt }
      await storage.sessions.open(signInOf(account, [{ ...use, ...challenge }]))
      await resetPassword(storage, account)
      const proof = passkeyProofOf(other.passkeys[0], challenge)
      const { outcome } = await storage.sessions.open(signInOf(other, [proof]))
      expectEqual(outcome, 'spent', 'A password reset gives no challenge back')
    },
  },
  {
    title: 'oneTimeTokens.confirmEmail: the passkeys stay',
    features: ['email'],
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { tokens, now } = account
      const answer = await storage.oneTimeTokens.confirmEmail({ hash: tokens.confirmEmail.hash, now })
      expectOutcome(answer, 'confirmed', 'A live token confirms the address')
      await expectPasskeys(storage, account, account.passkeys, 'The user who confirms the address keeps the passkeys')
    },
  },
]
