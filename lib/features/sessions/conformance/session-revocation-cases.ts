import { randomUUID } from 'node:crypto'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, sorted } from '../../../conformance/contract.js'
import { hourMilliseconds, randomTime } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'

/** Cases for signing out of one session, all other sessions, or all sessions. */
export const sessionRevocationCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.revoke: the session is removed and in the feed, and the user’s other records stay',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [first, ended, third] = account.sessions
      const answer = await storage.sessions.revoke({ sessionId: ended.id, now: account.now })
      const rule = 'A revoked session is removed, and in the feed'
      expectEqual(answer, { outcome: 'revoked' }, rule)
      const { user, apiKeys, tokens } = account
      const revocations = [sessionLine(ended, account.now)]
      await expectState(storage, account, { user, sessions: [first, null, third], apiKeys, tokens, revocations }, rule)
    },
  },
  {
    title: 'sessions.revoke: a revoked session cannot be restored',
    async run({ storage }) {
      const { sessions, now } = await storeAccount(storage)
      const [{ id: sessionId }] = sessions
      await storage.sessions.revoke({ sessionId, now })
      const request = { generation: 0, graceMilliseconds: 10_000, idleExpiresAt: now + hourMilliseconds }
      const wishes = { recordSuperseded: true, requireConfirmedEmail: false, ip: null, userAgent: null }
      const rotation = await storage.sessions.rotate({ ...request, sessionId, now, ...wishes })
      expectEqual(rotation, { outcome: 'unknown' }, 'A revoked session cannot be rotated')
      expectEqual(await storage.sessions.find({ sessionId, now }), null, 'A revoked session stays removed')
    },
  },
  {
    title: 'sessions.revoke: a session is revoked if userId names its owner',
    async run({ storage }) {
      const { user, sessions, now } = await storeAccount(storage)
      const [{ id: sessionId }] = sessions
      const answer = await storage.sessions.revoke({ sessionId, userId: user.id, now })
      expectEqual(answer, { outcome: 'revoked' }, 'The session is this user’s')
      expectEqual(await storage.sessions.find({ sessionId, now }), null, 'A revoked session no longer exists')
    },
  },
  {
    title: 'sessions.revoke: another user’s session is unknown and stays',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeUser(storage)
      const [{ id: sessionId }] = account.sessions
      const revoke = () => storage.sessions.revoke({ sessionId, userId: stranger.id, now: account.now })
      const rule = 'A session is revoked only if it is the named user’s'
      expectEqual(await expectUnchanged(storage, account, revoke, rule), { outcome: 'unknown' }, rule)
    },
  },
  {
    title: 'sessions.revoke: an unknown session is answered with unknown and is not in the feed',
    async run({ storage }) {
      const sessionId = randomUUID()
      const now = randomTime()
      const rule = 'There is no such session to revoke'
      expectEqual(await storage.sessions.revoke({ sessionId, now }), { outcome: 'unknown' }, rule)
      expectEqual(await revocationsOf(storage, [sessionId], now), [], rule)
    },
  },
  {
    title: 'sessions.revoke: the second revocation is answered with unknown and adds nothing to the feed',
    async run({ storage }) {
      const { sessions, now } = await storeAccount(storage)
      const [session] = sessions
      await storage.sessions.revoke({ sessionId: session.id, now })
      const rule = 'A session is revoked once'
      const answer = await storage.sessions.revoke({ sessionId: session.id, now: now + 1 })
      expectEqual(answer, { outcome: 'unknown' }, rule)
      expectEqual(await revocationsOf(storage, [session.id], now), [sessionLine(session, now)], rule)
    },
  },
  {
    title:
      'sessions.revokeAll: every session of the user is revoked and in the feed, and their pending address change is discarded',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, now } = account
      const tokens = { ...account.tokens, changeEmail: null }
      const answer = await storage.sessions.revokeAll({ userId: user.id, now })
      const rule = 'All sessions end, with the address change that one has requested'
      expectEqual(sorted(answer.revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
      const revocations = inFeedOrder(sessions.map(session => sessionLine(session, now)))
      await expectState(storage, account, { user, sessions: [null, null, null], apiKeys, tokens, revocations }, rule)
    },
  },
  {
    title: 'sessions.revokeAll: the requesting session stays unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [first, kept, third] = account.sessions
      const { now } = account
      const answer = await storage.sessions.revokeAll({
        userId: account.user.id,
        asking: { sessionId: kept.id, now },
        now,
      })
      const rule = 'All sessions end except the requesting one'
      expectEqual(sorted(answer.revokedSessionIds), sorted([first.id, third.id]), rule)
      const revocations = inFeedOrder([sessionLine(first, now), sessionLine(third, now)])
      await expectState(storage, account, { sessions: [null, kept, null], revocations }, rule)
    },
  },
  {
    title: 'sessions.revokeAll: other users’ sessions stay',
    async run({ storage }) {
      const { user, sessions, now } = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const revokeAll = () => storage.sessions.revokeAll({ userId: user.id, now })
      const rule = 'Only the named user’s sessions end'
      const { revokedSessionIds } = await expectUnchanged(storage, stranger, revokeAll, rule)
      expectEqual(sorted(revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
    },
  },
  {
    title: 'sessions.revokeAll: a user without sessions is answered with no ids',
    async run({ storage }) {
      const user = await storeUser(storage)
      const answer = await storage.sessions.revokeAll({ userId: user.id, now: user.createdAt })
      expectEqual(answer, { outcome: 'revoked', revokedSessionIds: [] }, 'There was nothing to revoke')
    },
  },
]
