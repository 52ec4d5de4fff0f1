import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { RenamePasskey } from '../port.js'
import { expectNothingWritten, expectPasskeys, openWith, storePasskeyAccount } from './passkey-account.js'

/** Returns a request of the first session that renames this passkey. */
function renamingOf(
  { user, sessions: [{ id: sessionId }], now }: Account,
  { id: passkeyId }: { readonly id: string },
  overrides: Partial<RenamePasskey> = {},
): RenamePasskey {
  return { passkeyId, userId: user.id, name: 'A new name', asking: { sessionId, now }, ...overrides }
}

async function expectRefused(
  storage: Storage,
  account: Account,
  request: RenamePasskey,
  outcome: 'sessionEnded' | 'unknown',
  rule: string,
): Promise<void> {
  const rename = () => storage.passkeys.rename(request)
  expectEqual(await expectNothingWritten(storage, account, rename, rule), { outcome }, rule)
}

/** Cases for renaming a passkey. */
export const renamePasskeyCases: readonly ConformanceCase[] = [
  ...askingCases({
    'passkeys.rename': {
      granted: 'unknown',
      ask: ({ passkeys }, account, asking) => passkeys.rename(renamingOf(account, { id: randomUUID() }, { asking })),
    },
  }),
  {
    title: 'passkeys.rename: the passkey has the new name, and nothing else changes',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { passkey: first } = await openWith(storage, account, account.passkeys[0])
      const [, second] = account.passkeys
      const renamed = { ...first, name: 'A new name' }
      const rule = 'A passkey is renamed, and stays as it is'
      const answer = await storage.passkeys.rename(renamingOf(account, first))
      expectEqual(answer, { outcome: 'renamed', passkey: renamed }, rule)
      await expectPasskeys(storage, account, [renamed, second], rule)
      const { credentialId } = first
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), renamed, rule)
    },
  },
  {
    title: 'passkeys.rename: two passkeys of a user can have one name',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const rule = 'A name distinguishes nothing'
      for (const passkey of account.passkeys) {
        const { outcome } = await storage.passkeys.rename(renamingOf(account, passkey))
        expectEqual(outcome, 'renamed', rule)
      }
      const named = account.passkeys.map(passkey => ({ ...passkey, name: 'A new name' }))
      await expectPasskeys(storage, account, named, rule)
    },
  },
  {
    title: 'passkeys.rename: a passkey that does not exist or is removed is unknown, and nothing is written',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, sessions, passkeys, now } = account
      const asking = { sessionId: sessions[0].id, now }
      await storage.passkeys.remove({ passkeyId: passkeys[0].id, userId: user.id, asking, now, messages: [] })
      const rule = 'Only a stored passkey is renamed'
      for (const passkey of [passkeys[0], { id: randomUUID() }])
        await expectRefused(storage, account, renamingOf(account, passkey), 'unknown', rule)
    },
  },
  {
    title: 'passkeys.rename: a passkey of another user is unknown, and keeps its name',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storePasskeyAccount(storage)
      const rule = 'A user renames only their own passkeys'
      await expectRefused(storage, account, renamingOf(account, other.passkeys[0]), 'unknown', rule)
      await expectPasskeys(storage, other, other.passkeys, rule)
    },
  },
  {
    title: 'passkeys.rename: sessionEnded comes before unknown, and the passkey keeps its name',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storeAccount(storage)
      const { now } = account
      const rule = 'Only a live session of the user renames a passkey'
      for (const sessionId of [randomUUID(), other.sessions[0].id])
        for (const passkey of [account.passkeys[0], { id: randomUUID() }]) {
          const request = renamingOf(account, passkey, { asking: { sessionId, now } })
          await expectRefused(storage, account, request, 'sessionEnded', rule)
        }
    },
  },
]
