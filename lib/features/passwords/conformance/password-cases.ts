import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { changeOf, rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { dayMilliseconds, randomPasswordHash } from '../../../conformance/random-records.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount, storeSession, storeUser } from '../../../conformance/stored-records.js'
import type { ChangePassword } from '../../accounts/port.js'

async function expectStale(storage: Storage, account: Account, change: ChangePassword, rule: string): Promise<void> {
  const answer = await expectUnchanged(storage, account, () => storage.users.changePassword(change), rule)
  expectEqual(answer, { outcome: 'stale' }, rule)
}

async function expectSessionEnded(storage: Storage, account: Account, sessionId: string, rule: string): Promise<void> {
  const change = changeOf(account, { sessionId })
  const answer = await expectUnchanged(storage, account, () => storage.users.changePassword(change), rule)
  expectEqual(answer, { outcome: 'sessionEnded' }, rule)
}

/** Cases for changing a password, and for replacing its hash. */
export const passwordCases: readonly ConformanceCase[] = [
  {
    title: 'users.changePassword: the new hash is stored and nothing else of the user changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = changeOf(account)
      const answer = expectOutcome(
        await storage.users.changePassword(change),
        'changed',
        'The verified hash is current',
      )
      const user = { ...account.user, passwordHash: change.newHash }
      expectEqual(answer.user, user, 'The answer has the user with the new hash')
      await expectState(storage, account, { user }, 'The new hash is stored, and nothing else of the user changes')
    },
  },
  {
    title: 'users.changePassword: the generation of the named session increases by two',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.sessions.rotate(rotationOf(account, { generation: 6 }))
      const change = changeOf(account)
      const answer = expectOutcome(
        await storage.users.changePassword(change),
        'changed',
        'The verified hash is current',
      )
      const { now, idleExpiresAt } = change
      const session = { ...account.sessions[0], generation: 9, rotatedAt: now, expiresAt: idleExpiresAt }
      expectEqual(answer.session, session, 'The answer has the session, two generations after the seventh')
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, session, 'The session is stored two generations after the seventh')
    },
  },
  {
    title: 'users.changePassword: the named session never outlives its absoluteExpiresAt',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = changeOf(account, { idleExpiresAt: account.now + 2 * dayMilliseconds })
      const { session } = expectOutcome(
        await storage.users.changePassword(change),
        'changed',
        'The verified hash is current',
      )
      const rule = 'expiresAt is the earlier one of idleExpiresAt and absoluteExpiresAt'
      expectEqual(session.expiresAt, session.absoluteExpiresAt, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: account.now }), session, rule)
    },
  },
  {
    title: 'users.changePassword: every other session of the user is revoked and in the feed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [going, ...others] = account.sessions
      const answer = expectOutcome(
        await storage.users.changePassword(changeOf(account)),
        'changed',
        'The verified hash is current',
      )
      const rule = 'Every session except the named one is revoked'
      expectEqual(sorted(answer.revokedSessionIds), sorted(others.map(({ id }) => id)), rule)
      const revocations = inFeedOrder(others.map(other => sessionLine(other, account.now)))
      await expectState(storage, account, { sessions: [answer.session, null, null], revocations }, rule)
      expectEqual(answer.session.id, going.id, rule)
    },
  },
  {
    title:
      'users.changePassword: pending resetPassword and changeEmail tokens are discarded, a confirmEmail token stays',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.users.changePassword(changeOf(account))
      const tokens = { confirmEmail: account.tokens.confirmEmail, resetPassword: null, changeEmail: null }
      await expectState(storage, account, { tokens }, 'Only a confirmEmail token survives a changed password')
    },
  },
  {
    title: 'users.changePassword: API keys stay',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.users.changePassword(changeOf(account))
      await expectState(storage, account, { apiKeys: account.apiKeys }, 'A changed password leaves API keys alone')
    },
  },
  {
    title: 'users.changePassword: records of other users stay unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const change = () => storage.users.changePassword(changeOf(account))
      await expectUnchanged(storage, stranger, change, 'A changed password does not affect other users')
    },
  },
  {
    title: 'users.changePassword: an outdated hash is stale and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = changeOf(account, { currentHash: randomPasswordHash() })
      await expectStale(storage, account, change, 'A hash other than the stored one changes nothing')
    },
  },
  {
    title: 'users.changePassword: a hash that differs only in case is stale',
    async run({ storage }) {
      const account = await storeAccount(storage, { passwordHash: '$x$aBcD' as ChangePassword['newHash'] })
      const change = changeOf(account, { currentHash: '$x$abcd' as ChangePassword['currentHash'] })
      await expectStale(storage, account, change, 'Hashes are compared byte for byte')
    },
  },
  {
    title: 'users.changePassword: for a deleted user the answer is stale',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.users.delete({ userId: account.user.id, now: account.now })
      await expectStale(storage, account, changeOf(account), 'A deleted user has no password to change')
    },
  },
  {
    title: 'users.changePassword: for an expired session the answer is sessionEnded and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const expired = await storeSession(storage, account.user, { expiresAt: account.now })
      await expectSessionEnded(storage, account, expired.id, 'A session that expires at this instant is not live')
    },
  },
  {
    title: 'users.changePassword: for a revoked session the answer is sessionEnded and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [{ id: sessionId }] = account.sessions
      await storage.sessions.revoke({ sessionId, now: account.now })
      await expectSessionEnded(storage, account, sessionId, 'A revoked session is not live')
    },
  },
  {
    title: 'users.changePassword: for another user’s session the answer is sessionEnded and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeAccount(storage, { createdAt: account.user.createdAt })
      const before = await stateOf(storage, stranger)
      await expectSessionEnded(storage, account, stranger.sessions[0].id, 'Another user’s session is not accepted')
      await expectState(storage, stranger, before, 'Another user’s session stays unchanged')
    },
  },
  {
    title: 'users.replacePasswordHash: the better hash is stored and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      const { id: userId, passwordHash: currentHash } = account.user
      const newHash = randomPasswordHash()
      const answer = await storage.users.replacePasswordHash({ userId, currentHash, newHash })
      expectEqual(answer, { outcome: 'replaced' }, 'The verified hash is still current')
      const after = { ...before, user: { ...account.user, passwordHash: newHash } }
      await expectState(storage, account, after, 'The better hash is stored, and nothing else changes')
    },
  },
  {
    title: 'users.replacePasswordHash: an outdated hash is stale and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = { userId: account.user.id, currentHash: randomPasswordHash(), newHash: randomPasswordHash() }
      const rule = 'A password changed meanwhile is not overwritten'
      const replace = () => storage.users.replacePasswordHash(request)
      expectEqual(await expectUnchanged(storage, account, replace, rule), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'users.replacePasswordHash: for an unknown user the answer is stale',
    async run({ storage }) {
      const { passwordHash: currentHash } = await storeUser(storage)
      const request = { userId: randomUUID(), currentHash, newHash: randomPasswordHash() }
      expectEqual(await storage.users.replacePasswordHash(request), { outcome: 'stale' }, 'No user has this id')
    },
  },
]
