import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { hourMilliseconds, randomPasswordHash, randomSession } from '../../../conformance/random-records.js'
import { type Account, storeAccount, storeUser } from '../../../conformance/stored-records.js'

async function racePassword(connections: readonly Storage[], { user, sessions, now }: Account) {
  return concurrently(connections, async storage => {
    const newHash = randomPasswordHash()
    const change = { userId: user.id, currentHash: user.passwordHash, newHash, sessionId: sessions[0].id }
    const { outcome } = await storage.users.changePassword({
      ...change,
      idleExpiresAt: now + hourMilliseconds,
      now,
      messages: [],
    })
    return { outcome, newHash }
  })
}

/** Cases for concurrent changes of one password. */
export const passwordRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty password changes from one hash exactly one succeeds', async (storage, connections) => {
    const account = await storeAccount(storage)
    const answers = await racePassword(connections, account)
    const rule = 'Exactly one call changes the hash and gets changed, all others get stale'
    expectEqual([countOf(answers, 'changed'), countOf(answers, 'stale')], [1, answers.length - 1], rule)
    const user = await storage.users.find({ userId: account.user.id })
    expectEqual(user?.passwordHash, answers.find(({ outcome }) => outcome === 'changed')?.newHash, rule)
    const session = await storage.sessions.find({ sessionId: account.sessions[0].id, now: account.now })
    expectEqual(session?.generation, 2, 'The generation increased by two, once')
  }),
  raceCase('race: of twenty better hashes for one password exactly one is stored', async (storage, connections) => {
    const { id: userId, passwordHash: currentHash } = await storeUser(storage)
    const answers = await concurrently(connections, async connection => {
      const newHash = randomPasswordHash()
      return { ...(await connection.users.replacePasswordHash({ userId, currentHash, newHash })), newHash }
    })
    const rule = 'Exactly one call replaces the hash and gets replaced, all others get stale'
    expectEqual([countOf(answers, 'replaced'), countOf(answers, 'stale')], [1, answers.length - 1], rule)
    const user = await storage.users.find({ userId })
    expectEqual(user?.passwordHash, answers.find(({ outcome }) => outcome === 'replaced')?.newHash, rule)
  }),
  raceCase('race: a better hash never replaces a changed password', async (storage, connections) => {
    const { user, sessions, now } = await storeAccount(storage)
    const { id: userId, passwordHash: currentHash } = user
    const answers = await concurrently(connections, async (connection, index) => {
      const request = { userId, currentHash, newHash: randomPasswordHash() }
      const going = { sessionId: sessions[0].id, idleExpiresAt: now + hourMilliseconds, now, messages: [] }
      const { outcome } = await (index % 2 === 0
        ? connection.users.replacePasswordHash(request)
        : connection.users.changePassword({ ...request, ...going }))
      return { outcome, newHash: request.newHash }
    })
    const winners = answers.filter(({ outcome }) => outcome !== 'stale')
    const rule = 'Exactly one of the calls with the same hash succeeds'
    expectEqual(winners.length, 1, rule)
    expectEqual((await storage.users.find({ userId }))?.passwordHash, winners[0]?.newHash, rule)
  }),
  raceCase(
    'race: a changed password leaves no session that was opened with the old one',
    async (storage, connections) => {
      const account = await storeAccount(storage)
      const { user, now } = account
      const [{ id: sessionId }] = account.sessions
      const { id: userId, passwordHash } = user
      const change = { userId, currentHash: passwordHash, newHash: randomPasswordHash(), sessionId, now, messages: [] }
      await concurrently(
        connections,
        (connection, index): Promise<unknown> =>
          index === 7
            ? connection.users.changePassword({ ...change, idleExpiresAt: now + hourMilliseconds })
            : connection.sessions.open({
                session: randomSession(user),
                proofs: [{ kind: 'password', hash: passwordHash }],
                maximumPerUser: 100,
              }),
      )
      const listed = (await storage.sessions.list({ userId, now, limit: 100, offset: 0 })).items
      const ids = listed.map(({ id }) => id)
      expectEqual(ids, [sessionId], 'A session that was opened with the old password is revoked or was never opened')
    },
  ),
]
