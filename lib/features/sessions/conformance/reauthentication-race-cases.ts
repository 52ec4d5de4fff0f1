import { changeOf, reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for concurrent reauthentications. */
export const reauthenticationRaceCases: readonly ConformanceCase[] = [
  raceCase('race: each of twenty reauthentications of a session gets generations of its own', async (storage, all) => {
    const account = await storeAccount(storage)
    const request = reauthenticationOf(account)
    const rule = 'Each reauthentication increases the generation by two, so no two clients get the same tokens'
    const generations = await concurrently(all, async connection => {
      const answer = await connection.sessions.reauthenticate(request)
      return expectOutcome(answer, 'reauthenticated', rule).session.generation
    })
    const asked = generations.map((_, index) => 2 * index + 2)
    expectEqual(
      generations.toSorted((one, other) => one - other),
      asked,
      rule,
    )
    const session = await storage.sessions.find({ sessionId: request.sessionId, now: request.now })
    expectEqual(session?.generation, 2 * generations.length, rule)
  }),
  raceCase(
    'race: a session that is reauthenticated during its revocation does not outlive it',
    async (storage, all) => {
      const account = await storeAccount(storage)
      const [session] = account.sessions
      const { id: sessionId } = session
      const { now } = account
      const answers = await concurrently(
        all,
        (connection, index): Promise<{ readonly outcome: string }> =>
          index === 7
            ? connection.sessions.revoke({ sessionId, now })
            : connection.sessions.reauthenticate(reauthenticationOf(account)),
      )
      const rule = 'A reauthentication either precedes the revocation, or follows it and is sessionEnded'
      const counts = ['reauthenticated', 'sessionEnded', 'revoked'].map(outcome => countOf(answers, outcome))
      expectEqual(
        counts.reduce((sum, count) => sum + count),
        answers.length,
        rule,
      )
      expectEqual(await storage.sessions.find({ sessionId, now }), null, rule)
      expectEqual(await revocationsOf(storage, [sessionId], now), [sessionLine(session, now)], rule)
    },
  ),
  raceCase('race: no session is reauthenticated with a password after its change', async (storage, all) => {
    const account = await storeAccount(storage)
    const change = changeOf(account)
    const answers = await concurrently(all, async (connection, index) =>
      index === 7
        ? connection.users.changePassword(change)
        : connection.sessions.reauthenticate(reauthenticationOf(account)),
    )
    const earlier = countOf(answers, 'reauthenticated')
    const rule = 'A reauthentication either precedes the change, or follows it and is stale'
    expectEqual([countOf(answers, 'changed'), earlier + countOf(answers, 'stale')], [1, answers.length - 1], rule)
    const session = await storage.sessions.find({ sessionId: change.sessionId, now: account.now })
    const last = answers.flatMap(answer => (answer.outcome === 'changed' ? [answer.session] : []))
    expectEqual([session], last, rule)
    expectEqual(session?.generation, 2 * earlier + 2, 'Each call that succeeds increases the generation by two')
  }),
]
