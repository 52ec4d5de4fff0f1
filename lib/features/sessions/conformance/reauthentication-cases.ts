import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { passwordProofOf, reauthenticationOf, rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { dayMilliseconds, randomPasswordHash } from '../../../conformance/random-records.js'
import {
  type Account,
  storeAccount,
  storeDisabledAccount,
  storeSession,
  storeUser,
} from '../../../conformance/stored-records.js'
import type { ReauthenticateSession } from '../port.js'

const outdated = [passwordProofOf({ passwordHash: randomPasswordHash() })]

async function reauthenticate(storage: Storage, account: Account, overrides: Partial<ReauthenticateSession> = {}) {
  const answer = await storage.sessions.reauthenticate(reauthenticationOf(account, overrides))
  return expectOutcome(answer, 'reauthenticated', 'A live session of the user takes proofs that hold')
}

async function expectRefused(
  storage: Storage,
  account: Account,
  { outcome, ...overrides }: Partial<ReauthenticateSession> & { readonly outcome: 'stale' | 'sessionEnded' },
  rule: string,
): Promise<void> {
  const request = reauthenticationOf(account, overrides)
  const answer = await expectUnchanged(storage, account, () => storage.sessions.reauthenticate(request), rule)
  expectEqual(answer, { outcome }, rule)
}

/** Stores a session that has expired, one that was revoked and one of another user. Returns their ids and an unknown one. */
async function storeEndedSessions(storage: Storage, { user, now }: Account): Promise<readonly string[]> {
  const expired = await storeSession(storage, user, { expiresAt: now })
  const revoked = await storeSession(storage, user)
  await storage.sessions.revoke({ sessionId: revoked.id, now })
  const other = await storeSession(storage, await storeUser(storage, { createdAt: user.createdAt }))
  return [expired.id, revoked.id, other.id, randomUUID()]
}

/** Cases for a session whose user proves again who they are. */
export const reauthenticationCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.reauthenticate: the session is authenticated at this instant, and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const before = await stateOf(storage, account)
      const request = reauthenticationOf(account)
      const answer = await storage.sessions.reauthenticate(request)
      const [first, ...others] = sessions
      const expiresAt = request.idleExpiresAt
      const session = { ...first, generation: 2, authenticatedAt: now, rotatedAt: now, expiresAt }
      const rule = 'A reauthentication sets authenticatedAt, rotatedAt and expiresAt of one session'
      expectEqual(answer, { outcome: 'reauthenticated', user, session }, rule)
      await expectState(storage, account, { ...before, sessions: [session, ...others] }, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: the generation increases by two',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.sessions.rotate(rotationOf(account, { generation: 6 }))
      const { session } = await reauthenticate(storage, account)
      const rule = 'The session is two generations after the seventh'
      expectEqual(session.generation, 9, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: account.now }), session, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: the methods are joined to those of the session, without repetition',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { id: sessionId } = await storeSession(storage, account.user, { methods: ['email'] })
      const rule = 'A session keeps its methods, and each is listed once, in the order of the proofs'
      for (const [methods, joined] of [
        [['password'], ['email', 'password']],
        [
          ['provider', 'password', 'email'],
          ['email', 'password', 'provider'],
        ],
        [[], ['email', 'password', 'provider']],
      ] as const) {
        const { session } = await reauthenticate(storage, account, { sessionId, methods })
        expectEqual(session.methods, joined, rule)
        expectEqual(await storage.sessions.find({ sessionId, now: account.now }), session, rule)
      }
    },
  },
  {
    title: 'sessions.reauthenticate: the session never outlives its absoluteExpiresAt',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const idleExpiresAt = account.now + 2 * dayMilliseconds
      const { session } = await reauthenticate(storage, account, { idleExpiresAt })
      const rule = 'expiresAt is the earlier one of idleExpiresAt and absoluteExpiresAt'
      expectEqual(session.expiresAt, account.sessions[0].absoluteExpiresAt, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: account.now }), session, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: the previous generation gets no grace: presenting it ends the session',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { session } = await reauthenticate(storage, account)
      const rule = 'An older refresh token never yields the tokens of a reauthentication'
      expectEqual(await storage.sessions.rotate(rotationOf(account)), { outcome: 'reused', session }, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: account.now }), null, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: the new generation is exchanged for the next, and its retry is repeated',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, session } = await reauthenticate(storage, account)
      const request = rotationOf(account, { generation: session.generation })
      const rule = 'After a reauthentication the session rotates as usual'
      const rotation = expectOutcome(await storage.sessions.rotate(request), 'rotated', rule)
      const { methods, authenticatedAt } = session
      expectEqual(rotation.session, { ...rotation.session, generation: 3, methods, authenticatedAt }, rule)
      const retry = await storage.sessions.rotate(request)
      expectEqual(retry, { outcome: 'repeated', session: rotation.session, user }, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: records of other users stay unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const other = await storeAccount(storage)
      const attempt = () => reauthenticate(storage, account)
      await expectUnchanged(storage, other, attempt, 'A reauthentication does not affect other users')
    },
  },
  {
    title: 'sessions.reauthenticate: an outdated password hash is stale and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const rule = 'An outdated password proves nothing'
      await expectRefused(storage, account, { outcome: 'stale', proofs: outdated }, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: for an unknown and a deleted user the answer is stale',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await expectRefused(storage, account, { outcome: 'stale', userId: randomUUID() }, 'No user has this id')
      await storage.users.delete({ userId: account.user.id, now: account.now })
      await expectRefused(storage, account, { outcome: 'stale' }, 'A deleted user proves nothing')
    },
  },
  {
    title: 'sessions.reauthenticate: a session that has expired, was revoked or is unknown is sessionEnded',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [expired = '', revoked = '', , unknown = ''] = await storeEndedSessions(storage, account)
      const rule = 'A session that is not live is not reauthenticated'
      for (const sessionId of [expired, revoked, unknown])
        await expectRefused(storage, account, { outcome: 'sessionEnded', sessionId }, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: another user’s session is sessionEnded and stays unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const other = await storeAccount(storage, { createdAt: account.user.createdAt })
      const before = await stateOf(storage, other)
      const rule = 'A user reauthenticates only sessions of their own'
      const [{ id: sessionId }] = other.sessions
      await expectRefused(storage, account, { outcome: 'sessionEnded', sessionId }, rule)
      await expectState(storage, other, before, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: proofs that do not hold are stale, even if the session has ended',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const rule = 'Proofs are checked before the session'
      for (const sessionId of await storeEndedSessions(storage, account))
        for (const proofs of [outdated, []])
          await expectRefused(storage, account, { outcome: 'stale', proofs, sessionId }, rule)
    },
  },
  {
    title: 'sessions.reauthenticate: for a disabled user the answer is sessionEnded and nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      await expectRefused(storage, account, { outcome: 'sessionEnded' }, 'A disabled user has no session')
    },
  },
  {
    title: 'sessions.reauthenticate: a session is live until the last millisecond before expiresAt',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const now = account.sessions[0].expiresAt
      await expectRefused(storage, account, { outcome: 'sessionEnded', now }, 'A session is expired from expiresAt on')
      const { session } = await reauthenticate(storage, account, { now: now - 1 })
      expectEqual(session.authenticatedAt, now - 1, 'A session is live while now < expiresAt')
    },
  },
]
