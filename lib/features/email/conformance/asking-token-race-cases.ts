import type { Storage } from '../../../composition/storage.js'
import { addressChangeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for requests of a session that ends concurrently. */
export const askingTokenRaceCases: readonly ConformanceCase[] = [
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
