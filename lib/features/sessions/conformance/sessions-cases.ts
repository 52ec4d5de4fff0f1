import { randomUUID } from 'node:crypto'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import {
  hourMilliseconds,
  minuteMilliseconds,
  randomPasswordHash,
  randomSession,
  randomTime,
  randomUser,
} from '../../../conformance/random-records.js'
import { storeAccount, storeSession, storeUser } from '../../../conformance/stored-records.js'

/** Cases for opening, finding and listing sessions. */
export const sessionsCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.open: the session is found exactly as written',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = await storeSession(storage, user)
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, session, 'A session comes back as written')
    },
  },
  {
    title: 'sessions.open: a session without a user agent and an address is found exactly as written',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = await storeSession(storage, user, { userAgent: null, ip: null })
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, session, 'A null value comes back as null')
    },
  },
  {
    title: 'sessions.open: lastSignInAt becomes the createdAt of the session, and nothing else of the user changes',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = randomSession(user, { createdAt: user.createdAt + minuteMilliseconds })
      const opening = await storage.sessions.open({
        session,
        proofs: [{ kind: 'password', hash: user.passwordHash }],
        maximumPerUser: 100,
      })
      const rule = 'Opening a session sets lastSignInAt in the same step'
      const signedIn = { ...user, lastSignInAt: session.createdAt }
      expectEqual(opening, { outcome: 'opened', user: signedIn, revokedSessionIds: [] }, rule)
      expectEqual(await storage.users.find({ userId: user.id }), signedIn, rule)
    },
  },
  {
    title: 'sessions.open: the user’s other sessions stay',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storeSession(storage, account.user)
      await expectState(storage, account, { sessions: account.sessions }, 'A sign-in ends no other session')
    },
  },
  {
    title: 'sessions.open: an outdated password hash is stale and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const session = randomSession(account.user, { createdAt: account.now })
      const open = () =>
        storage.sessions.open({
          session,
          proofs: [{ kind: 'password', hash: randomPasswordHash() }],
          maximumPerUser: 100,
        })
      const rule = 'An outdated password opens no session'
      expectEqual(await expectUnchanged(storage, account, open, rule), { outcome: 'stale' }, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: account.now }), null, rule)
    },
  },
  {
    title: 'sessions.open: for an unknown user the answer is stale and nothing is written',
    async run({ storage }) {
      const user = randomUser()
      const session = randomSession(user)
      const opening = await storage.sessions.open({
        session,
        proofs: [{ kind: 'password', hash: user.passwordHash }],
        maximumPerUser: 100,
      })
      expectEqual(opening, { outcome: 'stale' }, 'No user has this id')
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, null, 'A session without a user is not stored')
    },
  },
  {
    title: 'sessions.find: a session is live until the last millisecond before expiresAt',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = await storeSession(storage, user)
      const found = await storage.sessions.find({ sessionId: session.id, now: session.expiresAt - 1 })
      expectEqual(found, session, 'A session is live while now < expiresAt')
    },
  },
  {
    title: 'sessions.find: a session is expired at exactly expiresAt',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = await storeSession(storage, user)
      const found = await storage.sessions.find({ sessionId: session.id, now: session.expiresAt })
      expectEqual(found, null, 'A session is expired from expiresAt on')
    },
  },
  {
    title: 'sessions.find: an unknown id is answered with null',
    async run({ storage }) {
      const found = await storage.sessions.find({ sessionId: randomUUID(), now: randomTime() })
      expectEqual(found, null, 'No session has a new random id')
    },
  },
  {
    title: 'sessions.list: the most recently rotated session comes first',
    async run({ storage }) {
      const user = await storeUser(storage)
      const first = await storeSession(storage, user, { rotatedAt: user.createdAt + 1 })
      const third = await storeSession(storage, user, { rotatedAt: user.createdAt + 3 })
      const second = await storeSession(storage, user, { rotatedAt: user.createdAt + 2 })
      const listed = (await storage.sessions.list({ userId: user.id, now: user.createdAt, limit: 10, offset: 0 })).items
      expectEqual(listed, [third, second, first], 'Sessions are listed by rotatedAt, the latest first')
    },
  },
  {
    title: 'sessions.list: a rotated session moves to the front',
    async run({ storage }) {
      const { user, sessions, now } = await storeAccount(storage)
      const [, { id: sessionId }] = sessions
      const request = { generation: 0, graceMilliseconds: 0, idleExpiresAt: now + hourMilliseconds }
      const wishes = { recordSuperseded: false, requireConfirmedEmail: false, ip: null, userAgent: null }
      await storage.sessions.rotate({ ...request, sessionId, now, ...wishes })
      const [front] = (await storage.sessions.list({ userId: user.id, now, limit: 1, offset: 0 })).items
      expectEqual(front?.id, sessionId, 'The most recently rotated session comes first')
    },
  },
  {
    title: 'sessions.list: sessions rotated at the same instant are ordered by id',
    async run({ storage }) {
      const { user, sessions, now } = await storeAccount(storage)
      const listed = (await storage.sessions.list({ userId: user.id, now, limit: 10, offset: 0 })).items
      const ids = sessions.map(({ id }) => id).sort()
      expectEqual(
        listed.map(({ id }) => id),
        ids,
        'Ties are ordered by id, ascending',
      )
    },
  },
  {
    title: 'sessions.list: a list has at most `limit` sessions, the first ones',
    async run({ storage }) {
      const { user, sessions, now } = await storeAccount(storage)
      const listed = (await storage.sessions.list({ userId: user.id, now, limit: 2, offset: 0 })).items
      const ids = sessions.map(({ id }) => id).sort()
      expectEqual(
        listed.map(({ id }) => id),
        ids.slice(0, 2),
        'A list has at most `limit` sessions',
      )
    },
  },
  {
    title: 'sessions.list: a session is left out from its expiresAt on',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt + minuteMilliseconds
      const live = await storeSession(storage, user, { expiresAt: now + 1 })
      await storeSession(storage, user, { expiresAt: now })
      const listed = (await storage.sessions.list({ userId: user.id, now, limit: 10, offset: 0 })).items
      expectEqual(listed, [live], 'Only live sessions are listed')
    },
  },
  {
    title: 'sessions.list: an expired session does not count towards the limit',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt + minuteMilliseconds
      await storeSession(storage, user, { expiresAt: now, rotatedAt: now })
      const live = await storeSession(storage, user)
      const listed = (await storage.sessions.list({ userId: user.id, now, limit: 1, offset: 0 })).items
      expectEqual(listed, [live], 'The limit counts live sessions')
    },
  },
  {
    title: 'sessions.list: sessions of other users are not listed',
    async run({ storage }) {
      const { now } = await storeAccount(storage)
      const user = await storeUser(storage, { createdAt: now })
      const listed = (await storage.sessions.list({ userId: user.id, now, limit: 10, offset: 0 })).items
      expectEqual(listed, [], 'A list contains only the user’s own sessions')
    },
  },
  {
    title: 'sessions.open: a user can have several sessions',
    async run({ storage }) {
      const user = await storeUser(storage)
      const sessions = [await storeSession(storage, user), await storeSession(storage, user)]
      const find = ({ id }: { id: string }) => storage.sessions.find({ sessionId: id, now: user.createdAt })
      expectEqual(await Promise.all(sessions.map(find)), sessions, 'Each sign-in opens a separate session')
      const again = expectOutcome(
        await storage.sessions.open({
          session: randomSession(user),
          proofs: [{ kind: 'password', hash: user.passwordHash }],
          maximumPerUser: 100,
        }),
        'opened',
        'A third sign-in opens a session too',
      )
      expectEqual(again.user.id, user.id, 'The answer has the user who signed in')
    },
  },
]
