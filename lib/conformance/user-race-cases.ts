import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { concurrently, countOf, raceCase } from './race.js'
import {
  hourMilliseconds,
  randomApiKey,
  randomEmail,
  randomPasswordHash,
  randomSession,
  randomToken,
  randomUser,
  randomWord,
} from './random-records.js'
import { apiKeyLine, inFeedOrder, revocationsOf, sessionLine } from './revocation-feed.js'
import { signUpOf } from './sign-up-of.js'
import { type Account, storeAccount, storeUser } from './stored-records.js'

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

/** Cases for concurrent sign-ups, password changes and deletions. */
export const userRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty sign-ups with one address exactly one is created', async (storage, connections) => {
    const email = randomEmail()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ email })
      const session = randomSession(user)
      const { outcome } = await connection.users.create(signUpOf(user, { session }))
      return { outcome, user, session }
    })
    const rule = 'Exactly one call gets created and the address, all others get emailTaken'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'emailTaken')], [1, answers.length - 1], rule)
    for (const { outcome, user, session } of answers) {
      const isWinner = outcome === 'created'
      const now = user.createdAt
      expectEqual(await storage.users.find({ userId: user.id }), isWinner ? user : null, rule)
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, isWinner ? session : null, rule)
    }
  }),
  raceCase('race: of twenty sign-ups with one username exactly one is created', async (storage, connections) => {
    const username = randomWord()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ username })
      return { ...(await connection.users.create(signUpOf(user))), user }
    })
    const rule = 'Exactly one call gets created and the username, all others get usernameTaken'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'usernameTaken')], [1, answers.length - 1], rule)
    const winner = answers.find(({ outcome }) => outcome === 'created')?.user
    expectEqual(await storage.users.findByUsername({ username }), winner, rule)
  }),
  raceCase('race: of twenty creations with one id exactly one is created', async (storage, connections) => {
    const { id } = randomUser()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ id })
      return { ...(await connection.users.create(signUpOf(user))), user }
    })
    const rule = 'Exactly one call gets created and the id, all others get idTaken'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'idTaken')], [1, answers.length - 1], rule)
    const winner = answers.find(({ outcome }) => outcome === 'created')?.user
    expectEqual(await storage.users.find({ userId: id }), winner, rule)
  }),
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
            : connection.sessions.open({ session: randomSession(user), passwordHash, maximumPerUser: 100 }),
      )
      const listed = (await storage.sessions.list({ userId, now, limit: 100, offset: 0 })).items
      const ids = listed.map(({ id }) => id)
      expectEqual(ids, [sessionId], 'A session that was opened with the old password is revoked or was never opened')
    },
  ),
  raceCase('race: of twenty deletions of one user exactly one gets deleted', async (storage, connections) => {
    const { user, sessions, apiKeys, now } = await storeAccount(storage)
    const answers = await concurrently(connections, connection => connection.users.delete({ userId: user.id, now }))
    const rule = 'A user is deleted once, and each session and key is recorded in the feed once'
    expectEqual([countOf(answers, 'deleted'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const lines = [...sessions.map(one => sessionLine(one, now)), ...apiKeys.map(one => apiKeyLine(one, now))]
    const ids = lines.map(({ id }) => id)
    expectEqual(await revocationsOf(storage, ids, now), inFeedOrder(lines), rule)
  }),
  raceCase('race: no record that is written during a deletion outlives the user', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId, passwordHash } = user
    const [session, apiKey, token] = [randomSession(user), randomApiKey(user), randomToken(user)]
    await concurrently(connections, (connection, index): Promise<unknown> => {
      if (index === 7) return connection.users.delete({ userId, now })
      if (index === 6) return connection.sessions.open({ session, passwordHash, maximumPerUser: 100 })
      if (index === 8) return connection.apiKeys.create({ apiKey, maximumPerUser: 100 })
      if (index % 3 === 0) return connection.oneTimeTokens.issue({ token, messages: [] })
      return index % 3 === 1
        ? connection.sessions.open({ session: randomSession(user), passwordHash, maximumPerUser: 100 })
        : connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100 })
    })
    const rule = 'A deleted user leaves no records'
    expectEqual(await storage.users.find({ userId }), null, rule)
    expectEqual(await storage.sessions.find({ sessionId: session.id, now }), null, rule)
    expectEqual((await storage.sessions.list({ userId, now, limit: 100, offset: 0 })).items, [], rule)
    expectEqual(await storage.apiKeys.findByHash({ hash: apiKey.hash, now }), null, rule)
    const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
    const page = await storage.apiKeys.list({ userId, limit: 100, offset: 0, ...order })
    expectEqual(page, { items: [], total: 0 }, rule)
    const { hash, purpose } = token
    expectEqual(await storage.oneTimeTokens.find({ hash, purpose, now }), null, rule)
  }),
]
