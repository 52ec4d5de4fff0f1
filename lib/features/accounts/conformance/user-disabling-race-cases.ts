import type { Storage } from '../../../composition/storage.js'
import { rotationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomApiKey, randomPasswordHash, randomSession, randomToken } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { OneTimeTokenRecord } from '../../../storage/records.js'

/** Cases for disabling a user during their own requests. */
export const userDisablingRaceCases: readonly ConformanceCase[] = [
  raceCase('race: no sign-in leaves a session of a concurrently disabled user', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId, passwordHash } = user
    const answers = await concurrently(connections, async (connection, index) => {
      if (index === 7) return connection.users.disable({ userId, now })
      return connection.sessions.open({ session: randomSession(user), passwordHash, maximumPerUser: 100 })
    })
    const rule = 'A sign-in either precedes the disabling and is revoked, or follows it and is refused'
    expectEqual((await storage.sessions.list({ userId, now, limit: 100, offset: 0 })).items, [], rule)
    expectEqual(countOf(answers, 'opened') + countOf(answers, 'disabled'), answers.length, rule)
    expectEqual((await storage.users.find({ userId }))?.disabledAt, now, rule)
  }),
  raceCase('race: a session that is rotated during a disabling does not outlive it', async (storage, connections) => {
    const account = await storeAccount(storage)
    const { user, sessions, now } = account
    const request = rotationOf(account)
    await concurrently(
      connections,
      (connection, index): Promise<unknown> =>
        index === 7 ? connection.users.disable({ userId: user.id, now }) : connection.sessions.rotate(request),
    )
    const rule = 'A disabled user has no session, and each is recorded in the feed once'
    expectEqual(await storage.sessions.rotate({ ...request, generation: 100 }), { outcome: 'unknown' }, rule)
    expectEqual((await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })).items, [], rule)
    const ids = sessions.map(({ id }) => id)
    const lines = inFeedOrder(sessions.map(session => sessionLine(session, now)))
    expectEqual(await revocationsOf(storage, ids, now), lines, rule)
  }),
  raceCase('race: no key or token is created after a concurrent disabling', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId } = user
    const tokens: OneTimeTokenRecord[] = []
    const issue = (connection: Storage) => {
      const token = randomToken(user, { purpose: 'resetPassword' })
      tokens.push(token)
      return connection.oneTimeTokens.issue({ token, messages: [] })
    }
    let namedKeys = 0
    await concurrently(connections, async (connection, index): Promise<unknown> => {
      if (index % 2 === 0) return connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100 })
      if (index !== 7) return issue(connection)
      const disabling = await connection.users.disable({ userId, now })
      namedKeys = expectOutcome(disabling, 'disabled', 'The user exists').apiKeyIds.length
      return disabling
    })
    const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
    const { total } = await storage.apiKeys.list({ userId, limit: 100, offset: 0, ...order })
    expectEqual(total, namedKeys, 'A key is either created before the disabling, which lists it, or not at all')
    await storage.users.enable({ userId })
    for (const { hash, purpose } of tokens) {
      const found = await storage.oneTimeTokens.find({ hash, purpose, now })
      expectEqual(found, null, 'A token is either issued before the disabling, which discards it, or not at all')
    }
  }),
  raceCase('race: a password reset never follows the disabling', async (storage, connections) => {
    const { user, tokens, now } = await storeAccount(storage)
    const { id: userId } = user
    const { hash } = tokens.resetPassword
    const answers = await concurrently(connections, async (connection, index) => {
      const newHash = randomPasswordHash()
      const answer = await (index === 7
        ? connection.users.disable({ userId, now })
        : connection.oneTimeTokens.resetPassword({ hash, now, newHash, messages: [] }))
      return { outcome: answer.outcome, newHash }
    })
    const stored = await storage.users.find({ userId })
    const winner = answers.find(({ outcome }) => outcome === 'reset')
    expectEqual(stored?.passwordHash, winner?.newHash ?? user.passwordHash, 'An acknowledged reset is stored')
    expectEqual(stored?.disabledAt, now, 'A reset does not enable the user')
  }),
]
