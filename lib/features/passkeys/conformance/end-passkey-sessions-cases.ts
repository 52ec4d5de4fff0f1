import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectState } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { storeToken } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'
import { expectPasskeys, openWith, type PasskeyAccount, storePasskeyAccount } from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

const isLive = async ({ sessions }: Storage, { now }: PasskeyAccount, { id: sessionId }: SessionRecord) =>
  (await sessions.find({ sessionId, now })) !== null

/** Cases for the requesting session of a removal, and for ending the sessions of a passkey that stays. */
export const endPasskeySessionsCases: readonly ConformanceCase[] = [
  {
    title: 'passkeys.remove: the requesting session stays, even if it is one of the passkey',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const asking = await openWith(storage, account, account.passkeys[0])
      const { session: other, passkey } = await openWith(storage, account, asking.passkey)
      const { now } = account
      const request = removalOf(account, passkey, { asking: { sessionId: asking.session.id, now } })
      const answer = await storage.passkeys.remove(request)
      const rule = 'The requesting session stays as it is'
      expectEqual(answer, { outcome: 'removed', passkey, revokedSessionIds: [other.id] }, rule)
      const { session } = asking
      expectEqual(await storage.sessions.find({ sessionId: session.id, now }), session, rule)
    },
  },
  {
    title: 'passkeys.remove: an address change of the requesting session stays',
    features: ['email'],
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, tokens, now } = account
      const asking = await openWith(storage, account, account.passkeys[0])
      const { passkey } = await openWith(storage, account, asking.passkey)
      const sessionId = asking.session.id
      const wish = { purpose: 'changeEmail', email: randomEmail(), sessionId } as const
      const kept = { ...tokens, changeEmail: await storeToken(storage, user, wish) }
      await storage.passkeys.remove(removalOf(account, passkey, { asking: { sessionId, now } }))
      const rule = 'The requesting session stays, with its address change'
      await expectState(storage, { ...account, tokens: kept }, { tokens: kept }, rule)
    },
  },
  {
    title: 'passkeys.endSessions: the passkey stays, and opens sessions again',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, now } = account
      const { passkey } = await openWith(storage, account, account.passkeys[0])
      await storage.passkeys.endSessions({ passkeyId: passkey.id, userId: user.id, now, messages: [] })
      const rule = 'Only the sessions end'
      await expectPasskeys(storage, account, [passkey, account.passkeys[1]], rule)
      const again = await openWith(storage, account, passkey)
      expectEqual(await isLive(storage, account, again.session), true, rule)
    },
  },
  {
    title: 'passkeys.endSessions: an unknown, a removed and another user’s passkey end no session',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storePasskeyAccount(storage)
      const { user, now } = account
      const [removed] = account.passkeys
      const { session, passkey } = await openWith(storage, other, other.passkeys[0])
      const asking = await openWith(storage, account, removed)
      const request = removalOf(account, removed, { asking: { sessionId: asking.session.id, now } })
      await storage.passkeys.remove(request)
      const rule = 'Only sessions of a passkey that the user has end'
      for (const passkeyId of [randomUUID(), removed.id, passkey.id]) {
        const answer = await storage.passkeys.endSessions({ passkeyId, userId: user.id, now, messages: [] })
        expectEqual(answer, { revokedSessionIds: [] }, rule)
      }
      expectEqual(await isLive(storage, other, session), true, rule)
      expectEqual(await isLive(storage, account, asking.session), true, rule)
    },
  },
]
