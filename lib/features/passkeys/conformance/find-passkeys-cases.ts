import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import { expectPasskeys, openWith, randomPasskey, storePasskey, storePasskeyAccount } from './passkey-account.js'

/** Cases for finding and listing passkeys. */
export const findPasskeysCases: readonly ConformanceCase[] = [
  {
    title: 'passkeys.findByCredentialId: a passkey of any user is found, and null without one',
    async run({ storage }) {
      const [account, other] = [await storePasskeyAccount(storage), await storePasskeyAccount(storage)]
      const rule = 'The credential id alone finds the passkey'
      for (const passkey of [...account.passkeys, ...other.passkeys]) {
        const { credentialId } = passkey
        expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), passkey, rule)
      }
      const { credentialId } = randomPasskey(account.user)
      expectEqual(
        await storage.passkeys.findByCredentialId({ credentialId }),
        null,
        'No passkey has this credential id',
      )
    },
  },
  {
    title: 'passkeys.findByCredentialId: a passkey is found as its last use left it',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { passkey } = await openWith(storage, account, account.passkeys[0])
      const { credentialId } = passkey
      const rule = 'Both ways of finding a passkey show its last use'
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), passkey, rule)
      await expectPasskeys(storage, account, [passkey, account.passkeys[1]], rule)
    },
  },
  {
    title: 'passkeys.list: the passkeys of the user are in order of createdAt, and of id for one instant',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { createdAt } = account.user
      const others = await storePasskeyAccount(storage)
      const idFrom = (first: string) => `${first}${randomUUID().slice(1)}`
      const last = await storePasskey(storage, account, { id: idFrom('a'), createdAt: createdAt + 2_000 })
      const tied = await storePasskey(storage, account, { id: idFrom('d'), createdAt })
      const middle = await storePasskey(storage, account, { id: idFrom('b'), createdAt: createdAt + 1_000 })
      const first = await storePasskey(storage, account, { id: idFrom('c'), createdAt })
      const rule = 'The oldest passkey is the first, and no passkey of another user is listed'
      await expectPasskeys(storage, account, [first, tied, middle, last], rule)
      await expectPasskeys(storage, others, others.passkeys, rule)
    },
  },
  {
    title: 'passkeys.list: a user without passkeys and an unknown user have none',
    async run({ storage }) {
      const rule = 'There is no passkey to list'
      await expectPasskeys(storage, await storeAccount(storage), [], rule)
      expectEqual(await storage.passkeys.list({ userId: randomUUID() }), [], rule)
    },
  },
]
