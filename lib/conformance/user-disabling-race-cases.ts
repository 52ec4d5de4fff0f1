import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { atOnce, countOf, raceCase } from './race.js'
import { randomApiKey, randomPasswordHash, randomSession, randomToken } from './random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from './revocation-feed.js'
import { rotationOf } from './rotation-cases.js'
import { storeAccount } from './stored-records.js'

/** Disabling a user while they do all sorts of things. */
export const userDisablingRaceCases: readonly ConformanceCase[] = [
  raceCase('race: no sign-in leaves a session of a user who was disabled meanwhile', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId, passwordHash } = user
    const answers = await atOnce(connections, async (connection, index) => {
      if (index === 7) return connection.users.disable({ userId, now })
      return connection.sessions.open({ session: randomSession(user), passwordHash })
    })
    const rule = 'A sign-in comes before the disabling, which ends it, or after, which refuses it'
    expectEqual(await storage.sessions.list({ userId, now, limit: 100 }), [], rule)
    expectEqual(countOf(answers, 'opened') + countOf(answers, 'disabled'), answers.length, rule)
    expectEqual((await storage.users.find({ userId }))?.disabledAt, now, rule)
  }),
  raceCase('race: a session that is rotated during a disabling does not outlive it', async (storage, connections) => {
    const account = await storeAccount(storage)
    const { user, sessions, now } = account
    const request = rotationOf(account)
    await atOnce(
      connections,
      (connection, index): Promise<unknown> =>
        index === 7 ? connection.users.disable({ userId: user.id, now }) : connection.sessions.rotate(request),
    )
    const rule = 'A disabled user has no session, and each is in the feed once'
    expectEqual(await storage.sessions.rotate({ ...request, generation: 100 }), { outcome: 'unknown' }, rule)
    expectEqual(await storage.sessions.list({ userId: user.id, now, limit: 100 }), [], rule)
    const ids = sessions.map(({ id }) => id)
    const lines = inFeedOrder(sessions.map(session => sessionLine(session, now)))
    expectEqual(await revocationsOf(storage, ids, now), lines, rule)
  }),
  raceCase('race: nothing that is asked for during a disabling is granted after it', async (storage, connections) => {
    const { user, apiKeys, tokens, now } = await storeAccount(storage)
    const { id: userId } = user
    const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
    const keysOf = () => storage.apiKeys.list({ userId, limit: 100, offset: 0, ...order })
    const stateAtDisabling = { total: 0 }
    await atOnce(connections, async (connection, index): Promise<unknown> => {
      if (index !== 7) {
        return index % 2 === 0
          ? connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100 })
          : connection.oneTimeTokens.issue({ token: randomToken(user, { purpose: 'resetPassword' }), messages: [] })
      }
      const disabling = await connection.users.disable({ userId, now })
      stateAtDisabling.total = disabling.outcome === 'disabled' ? disabling.apiKeyIds.length : 0
      return disabling
    })
    const rule = 'A key is made before the disabling, which names it, or not at all'
    expectEqual((await keysOf()).total, stateAtDisabling.total, rule)
    expectEqual(apiKeys.length <= stateAtDisabling.total, true, rule)
    await storage.users.enable({ userId })
    const { hash, purpose } = tokens.resetPassword
    const reset = { hash, now, newHash: randomPasswordHash(), messages: [] }
    expectEqual(await storage.oneTimeTokens.find({ hash, purpose, now }), null, 'A reset asked for before is discarded')
    expectEqual(await storage.oneTimeTokens.resetPassword(reset), { outcome: 'invalid' }, 'So it resets nothing')
  }),
  raceCase('race: a password reset never comes after the disabling', async (storage, connections) => {
    const { user, tokens, now } = await storeAccount(storage)
    const { id: userId } = user
    const { hash } = tokens.resetPassword
    const answers = await atOnce(connections, async (connection, index) => {
      const newHash = randomPasswordHash()
      const answer = await (index === 7
        ? connection.users.disable({ userId, now })
        : connection.oneTimeTokens.resetPassword({ hash, now, newHash, messages: [] }))
      return { outcome: answer.outcome, newHash }
    })
    const stored = await storage.users.find({ userId })
    const winner = answers.find(({ outcome }) => outcome === 'reset')
    expectEqual(stored?.passwordHash, winner?.newHash ?? user.passwordHash, 'A reset that was told of has happened')
    expectEqual(stored?.disabledAt, now, 'And no reset enables a user again')
  }),
]
