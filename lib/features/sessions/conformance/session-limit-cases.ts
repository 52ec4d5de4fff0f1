import type { Storage } from '../../../composition/storage.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import {
  minuteMilliseconds,
  randomPasswordHash,
  randomSession,
  type UserWithPassword,
} from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeSession, storeUser } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'

const idsOf = (sessions: readonly SessionRecord[]) => sessions.map(({ id }) => id)

async function listedIds({ sessions }: Storage, { id: userId, createdAt: now }: UserWithPassword) {
  const { items } = await sessions.list({ userId, now, limit: 100, offset: 0 })
  return idsOf(items)
}

/** Signs in once more, a minute later. */
async function openOneMore(
  storage: Storage,
  user: UserWithPassword,
  maximumPerUser: number,
  overrides: Partial<SessionRecord> = {},
) {
  const createdAt = user.createdAt + minuteMilliseconds
  const session = randomSession(user, { createdAt, rotatedAt: createdAt, ...overrides })
  const opening = await storage.sessions.open({
    session,
    proofs: [{ kind: 'password', hash: user.passwordHash }],
    maximumPerUser,
  })
  const { revokedSessionIds } = expectOutcome(opening, 'opened', 'A user with the maximum of sessions signs in')
  return { session, revokedSessionIds }
}

/** Stores four sessions, and returns them in the order of the list: the last rotated first. */
async function storeFour(storage: Storage, user: UserWithPassword): Promise<readonly SessionRecord[]> {
  const open = (later: number) => storeSession(storage, user, { rotatedAt: user.createdAt + later })
  const [third, first, fourth, second] = [await open(2), await open(4), await open(1), await open(3)]
  return [first, second, third, fourth]
}

/** How many sessions a user has at most, and the pages of their list. */
export const sessionLimitCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.open: up to the maximum nothing is revoked',
    async run({ storage }) {
      const user = await storeUser(storage)
      const four = await storeFour(storage, user)
      const { session, revokedSessionIds } = await openOneMore(storage, user, 5)
      const rule = 'The maximum counts the new session'
      expectEqual(revokedSessionIds, [], rule)
      expectEqual(await listedIds(storage, user), idsOf([session, ...four]), rule)
    },
  },
  {
    title: 'sessions.open: one session past the maximum revokes the one that was rotated least recently',
    async run({ storage }) {
      const user = await storeUser(storage)
      const other = await storeUser(storage)
      const [first, second, third, fourth] = await storeFour(storage, user)
      const ofOther = await storeSession(storage, other)
      const { session, revokedSessionIds } = await openOneMore(storage, user, 4)
      const rule = 'The session with the earliest rotatedAt is ended'
      expectEqual(revokedSessionIds, [fourth?.id], rule)
      expectEqual(await listedIds(storage, user), [session.id, first?.id, second?.id, third?.id], rule)
      expectEqual(await listedIds(storage, other), [ofOther.id], 'The sessions of other users do not count')
    },
  },
  {
    title: 'sessions.open: each session that is ended is in the feed, with the time of the sign-in',
    async run({ storage }) {
      const user = await storeUser(storage)
      const four = await storeFour(storage, user)
      const { session, revokedSessionIds } = await openOneMore(storage, user, 2)
      const lines = inFeedOrder(four.slice(1).map(one => sessionLine(one, session.createdAt)))
      const rule = 'All sessions past the maximum are revoked, also if it was greater before'
      expectEqual(sorted(revokedSessionIds), sorted(idsOf(four.slice(1))), rule)
      expectEqual(await revocationsOf(storage, idsOf([session, ...four]), user.createdAt), lines, rule)
    },
  },
  {
    title: 'sessions.open: of sessions that were rotated at the same time, the last by id is ended',
    async run({ storage }) {
      const user = await storeUser(storage)
      const sessions = [await storeSession(storage, user), await storeSession(storage, user)]
      sessions.push(await storeSession(storage, user))
      const { revokedSessionIds } = await openOneMore(storage, user, 3)
      expectEqual(revokedSessionIds, [sorted(idsOf(sessions)).at(-1)], 'The last session of the list is ended')
    },
  },
  {
    title: 'sessions.open: the new session stays, even if its clock is slow',
    async run({ storage }) {
      const user = await storeUser(storage)
      const four = await storeFour(storage, user)
      const early = { createdAt: user.createdAt, rotatedAt: user.createdAt }
      const { session, revokedSessionIds } = await openOneMore(storage, user, 1, early)
      const rule = 'A sign-in never revokes the session that it opens'
      expectEqual(sorted(revokedSessionIds), sorted(idsOf(four)), rule)
      expectEqual(await listedIds(storage, user), [session.id], rule)
    },
  },
  {
    title: 'sessions.open: a sign-in that is stale ends no session',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const session = randomSession(account.user, { createdAt: account.now })
      const open = () =>
        storage.sessions.open({
          session,
          proofs: [{ kind: 'password', hash: randomPasswordHash() }],
          maximumPerUser: 1,
        })
      const rule = 'Nothing is revoked unless the session is opened'
      expectEqual(await expectUnchanged(storage, account, open, rule), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'sessions.list: pages fit together, and the total counts the live sessions',
    async run({ storage }) {
      const user = await storeUser(storage)
      const four = await storeFour(storage, user)
      const { id: userId, createdAt: now } = user
      await storeSession(storage, user, { expiresAt: now, rotatedAt: now + 5 })
      const page = (offset: number) => storage.sessions.list({ userId, now, limit: 3, offset })
      expectEqual(await page(0), { items: four.slice(0, 3), total: 4 }, 'The first page begins with the first session')
      expectEqual(await page(3), { items: four.slice(3), total: 4 }, 'The next page begins where the last one ends')
      expectEqual(await page(4), { items: [], total: 4 }, 'Past the end there is nothing')
    },
  },
  raceCase('race: twenty sign-ins at the maximum leave no more than the maximum', async (storage, connections) => {
    const user = await storeUser(storage)
    const before = await storeFour(storage, user)
    const openings = await concurrently(connections, connection => openOneMore(connection, user, 4))
    const opened = openings.map(({ session }) => session.id)
    const revoked = openings.flatMap(({ revokedSessionIds }) => revokedSessionIds)
    const left = await listedIds(storage, user)
    expectEqual(left.length, 4, 'The maximum holds for concurrent sign-ins')
    const all = [...idsOf(before), ...opened]
    expectEqual(sorted([...left, ...revoked]), sorted(all), 'Each other session is revoked by one of the sign-ins')
  }),
]
