import type { Storage } from '../composition/storage.js'
import { addressChangeOf } from './asking-session-cases.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { concurrently, countOf, raceCase } from './race.js'
import { randomApiKey, randomPasswordHash } from './random-records.js'
import { storeAccount } from './stored-records.js'

/** Cases for requests of a session that ends concurrently. */
export const askingSessionRaceCases: readonly ConformanceCase[] = [
  raceCase('race: no API key of an unconfirmed user outlives a password reset', async (storage, connections) => {
    const { user, sessions, tokens, now } = await storeAccount(storage)
    const { hash } = tokens.resetPassword
    const asking = { sessionId: sessions[0].id, now }
    await concurrently(
      connections,
      (connection, index): Promise<unknown> =>
        index === 7
          ? connection.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
          : connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100, asking }),
    )
    const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
    const { total } = await storage.apiKeys.list({ userId: user.id, limit: 1, offset: 0, ...order })
    expectEqual(total, 0, 'A key is either created before the reset and deleted by it, or not created')
  }),
  raceCase('race: no address change that a session requests outlives its revocation', async (storage, connections) => {
    const account = await storeAccount(storage)
    const { sessions, now } = account
    const [{ id: sessionId }] = sessions
    const tokens = [account.tokens.changeEmail]
    const issue = (connection: Storage) => {
      const request = addressChangeOf(account, sessionId)
      tokens.push(request.token)
      return connection.oneTimeTokens.issue(request)
    }
    await concurrently(
      connections,
      (connection, index): Promise<unknown> =>
        index === 7 ? connection.sessions.revoke({ sessionId, now }) : issue(connection),
    )
    const found = await Promise.all(
      tokens.map(({ hash }) => storage.oneTimeTokens.find({ hash, purpose: 'changeEmail', now })),
    )
    const rule = 'A token is either issued before the revocation and discarded by it, or not issued'
    expectEqual(
      found.filter(one => one !== null),
      [],
      rule,
    )
  }),
  raceCase('race: a reset and a deletion with the old password never both succeed', async (storage, connections) => {
    const { user, sessions, tokens, now } = await storeAccount(storage)
    const { hash } = tokens.resetPassword
    const asking = { sessionId: sessions[0].id, currentHash: user.passwordHash, now }
    const answers = await concurrently(
      connections,
      (connection, index): Promise<{ readonly outcome: string }> =>
        index % 2 === 0
          ? connection.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
          : connection.users.delete({ userId: user.id, asking, now }),
    )
    const rule = 'A reset makes the hash stale, and a deletion removes the token'
    expectEqual(countOf(answers, 'reset') + countOf(answers, 'deleted'), 1, rule)
    const isThere = (await storage.users.find({ userId: user.id })) !== null
    expectEqual(isThere, countOf(answers, 'reset') === 1, rule)
  }),
]
