import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import {
  expectNothingWritten,
  expectPasskeys,
  passkeyProofOf,
  randomChallenge,
  randomPasskey,
  registrationOf,
  signInOf,
  storePasskeyAccount,
} from './passkey-account.js'

/** Cases for text that not every database can store exactly: its description, and the character itself. */
function casesOf(content: string, character: string): readonly ConformanceCase[] {
  const text = `a${character}b`
  const rule = `Text with ${content} is rejected, and nothing is written`
  const refused = async (storage: Storage, attempt: () => Promise<unknown>) => {
    const account = await storePasskeyAccount(storage)
    const answer = () =>
      attempt().then(
        () => 'accepted',
        () => 'rejected',
      )
    expectEqual(await expectNothingWritten(storage, account, answer, rule), 'rejected', rule)
  }
  return [
    {
      title: `exactness: a passkey with ${content} is rejected, and spends no challenge`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const challenge = randomChallenge(account.user.createdAt)
        const texts = ['credentialId', 'publicKey', 'userHandle', 'name'].map(field => ({ [field]: text }))
        for (const overrides of [...texts, { transports: [text] }]) {
          const passkey = randomPasskey(account.user, overrides)
          await refused(storage, () => storage.passkeys.register(registrationOf(account, { passkey, ...challenge })))
        }
        const { outcome } = await storage.passkeys.register(registrationOf(account, challenge))
        expectEqual(outcome, 'registered', 'The challenge of a rejected call is good until it is used')
      },
    },
    {
      title: `exactness: a name with ${content} is rejected, and the passkey keeps its own`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { user, sessions, passkeys, now } = account
        const asking = { sessionId: sessions[0].id, now }
        const request = { passkeyId: passkeys[0].id, userId: user.id, name: text, asking }
        await refused(storage, () => storage.passkeys.rename(request))
        await expectPasskeys(storage, account, passkeys, rule)
      },
    },
    {
      title: `exactness: a sign-in with a passkey and ${content} is rejected, and the passkey is not used`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const use = passkeyProofOf(account.passkeys[0])
        await refused(storage, () => storage.sessions.open(signInOf(account, [use], { userAgent: text })))
        await expectPasskeys(storage, account, account.passkeys, rule)
        const { outcome } = await storage.sessions.open(signInOf(account, [use]))
        expectEqual(outcome, 'opened', 'The proof of a rejected call is good until it is used')
      },
    },
  ]
}

/** Cases for passkeys and names that not every database can store exactly. */
export const illFormedPasskeyCases: readonly ConformanceCase[] = [
  ...casesOf('U+0000', '\0'),
  ...casesOf('a lone surrogate', '\ud800'),
]
