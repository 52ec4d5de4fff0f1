import { rotationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomSession } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for disabling a user during their own requests. */
export const userDisablingRaceCases: readonly ConformanceCase[] = [
  raceCase('race: no sign-in leaves a session of a concurrently disabled user', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId, passwordHash } = user
    const answers = await concurrently(connections, async (connection, index) => {
      if (index === 7) return connection.users.disable({ userId, now })
      return connection.sessions.open({
        session: randomSession(user),
        proofs: [{ kind: 'password', hash: passwordHash }],
        maximumPerUser: 100,
      })
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
]
