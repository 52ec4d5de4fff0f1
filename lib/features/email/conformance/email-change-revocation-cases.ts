import type { Storage } from '../../../composition/storage.js'
import { addressChangeOf, rotationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { type Account, storeAccount, storeToken } from '../../../conformance/stored-records.js'
import type { OneTimeTokenRecord } from '../../../storage/records.js'

/**
 * Revokes sessions of an account whose first session requested an address change, and checks whether its token is still
 * live.
 */
async function expectToken(
  storage: Storage,
  isGood: boolean,
  rule: string,
  revoke: (account: Account) => Promise<unknown>,
): Promise<void> {
  const account = await storeAccount(storage)
  await revoke(account)
  await expectGood(storage, account, account.tokens.changeEmail, isGood, rule)
}

async function expectGood(
  { oneTimeTokens }: Storage,
  { now }: Account,
  { hash }: OneTimeTokenRecord,
  isGood: boolean,
  rule: string,
): Promise<void> {
  const { outcome } = await oneTimeTokens.changeEmail({ hash, now })
  expectEqual(outcome, isGood ? 'changed' : 'invalid', rule)
}

/** A pending address change is discarded when the requesting session is revoked, but survives its sign-out. */
export const emailChangeRevocationCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.revoke: the address change that the session requested is discarded',
    async run({ storage }) {
      await expectToken(storage, false, 'A revoked session cannot change an address', ({ sessions, now }) =>
        storage.sessions.revoke({ sessionId: sessions[0].id, now }),
      )
      await expectToken(storage, false, 'This holds whichever session revokes it', ({ user, sessions, now }) =>
        storage.sessions.revoke({
          userId: user.id,
          sessionId: sessions[0].id,
          asking: { sessionId: sessions[1].id, now },
          now,
        }),
      )
    },
  },
  {
    title: 'sessions.revoke: an address change survives the sign-out of its session and the revocation of others',
    async run({ storage }) {
      await expectToken(storage, true, 'The link still works after the user signs out', ({ sessions, now }) =>
        storage.sessions.revoke({ sessionId: sessions[0].id, asking: { sessionId: sessions[0].id, now }, now }),
      )
      await expectToken(storage, true, 'Another session did not request it', ({ sessions, now }) =>
        storage.sessions.revoke({ sessionId: sessions[1].id, now }),
      )
    },
  },
  {
    title: 'sessions.revokeAll: an address change stays only if the requesting session requested it',
    async run({ storage }) {
      const revokeOthers = (index: 0 | 1) => (account: Account) => {
        const { user, sessions, now } = account
        return storage.sessions.revokeAll({ userId: user.id, asking: { sessionId: sessions[index].id, now }, now })
      }
      await expectToken(storage, true, 'The kept session requested it', revokeOthers(0))
      await expectToken(storage, false, 'A revoked session requested it', revokeOthers(1))
      await expectToken(storage, false, 'Every session ends', ({ user, now }) =>
        storage.sessions.revokeAll({ userId: user.id, now }),
      )
    },
  },
  {
    title: 'sessions.revokeAll: an address change of a signed-out session, or of no session, is discarded',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const [{ id: sessionId }, { id: kept }] = sessions
      await storage.sessions.revoke({ sessionId, asking: { sessionId, now }, now })
      await storage.sessions.revokeAll({ userId: user.id, asking: { sessionId: kept, now }, now })
      const rule = 'A change that an attacker requested before signing out is discarded'
      await expectGood(storage, account, account.tokens.changeEmail, false, rule)
      const token = await storeToken(storage, user, { purpose: 'changeEmail', email: randomEmail() })
      await storage.sessions.revokeAll({ userId: user.id, asking: { sessionId: kept, now }, now })
      await expectGood(storage, account, token, false, 'No live session requested it')
    },
  },
  {
    title: 'sessions.revoke: other mailed tokens of the user stay',
    async run({ storage }) {
      const { user, sessions, tokens, now } = await storeAccount(storage)
      await storage.sessions.revoke({ sessionId: sessions[0].id, now })
      await storage.sessions.revokeAll({ userId: user.id, now })
      for (const { hash, purpose } of [tokens.confirmEmail, tokens.resetPassword]) {
        const found = await storage.oneTimeTokens.find({ hash, purpose, now })
        expectEqual(found?.token.hash, hash, 'Only the owner of the mailbox can use them')
      }
    },
  },
  {
    title: 'sessions.rotate: a reuse discards the address change that the session requested',
    async run({ storage }) {
      for (const index of [0, 1] as const) {
        const account = await storeAccount(storage)
        const change = addressChangeOf(account, account.sessions[index].id)
        await storage.oneTimeTokens.issue(change)
        const request = { graceMilliseconds: 0 }
        await storage.sessions.rotate(rotationOf(account, request))
        expectOutcome(await storage.sessions.rotate(rotationOf(account, request)), 'reused', 'The grace is 0')
        const rule = 'A copied session cannot change an address, and another session’s change stays'
        await expectGood(storage, account, change.token, index === 1, rule)
      }
    },
  },
]
