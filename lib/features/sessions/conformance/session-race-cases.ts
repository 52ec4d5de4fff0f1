import { rotationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for concurrent refreshes and sign-outs. */
export const sessionRaceCases: readonly ConformanceCase[] = [
  raceCase('race: twenty rotations of one generation have one successor', async (storage, connections) => {
    const account = await storeAccount(storage)
    const request = rotationOf(account)
    const answers = await concurrently(connections, connection => connection.sessions.rotate(request))
    const rule = 'One call rotates, and all others get the same session'
    expectEqual([countOf(answers, 'rotated'), countOf(answers, 'repeated')], [1, answers.length - 1], rule)
    const { sessionId, now } = request
    const session = await storage.sessions.find({ sessionId, now })
    expectEqual(session?.generation, 1, rule)
    for (const answer of answers) {
      expectEqual(answer, { outcome: answer.outcome, session, user: account.user }, rule)
    }
  }),
  raceCase('race: for each generation, all concurrent calls get the same successor', async (storage, connections) => {
    const account = await storeAccount(storage)
    for (const generation of [0, 1, 2, 3, 4]) {
      const request = rotationOf(account, { generation, recordSuperseded: true })
      const answers = await concurrently(connections, connection => connection.sessions.rotate(request))
      const rule = `Generation ${generation} is rotated once`
      expectEqual([countOf(answers, 'rotated'), countOf(answers, 'repeated')], [1, answers.length - 1], rule)
    }
    const lines = await revocationsOf(storage, [account.sessions[0].id], account.now)
    const generations = lines.map(({ generation }) => generation)
    expectEqual(generations, [0, 1, 2, 3, 4], 'Each generation is superseded once')
  }),
  raceCase(
    'race: with a grace of 0, one of twenty calls rotates and the next is a reuse',
    async (storage, connections) => {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { graceMilliseconds: 0 })
      const answers = await concurrently(connections, connection => connection.sessions.rotate(request))
      const outcomes = ['rotated', 'reused', 'unknown'].map(outcome => countOf(answers, outcome))
      const rule = 'The first call rotates, the second is a reuse, and for all others the session is unknown'
      expectEqual(outcomes, [1, 1, answers.length - 2], rule)
      const { sessionId, now } = request
      expectEqual(await storage.sessions.find({ sessionId, now }), null, rule)
      const [session] = account.sessions
      expectEqual(await revocationsOf(storage, [sessionId], now), [sessionLine(session, now)], rule)
    },
  ),
  raceCase('race: once a revocation is acknowledged nothing rotates', async (storage, connections) => {
    const account = await storeAccount(storage)
    const request = rotationOf(account)
    const { sessionId, now } = request
    const rule = 'Every call that starts after the answer to a revocation finds the session ended'
    await concurrently(connections, async (connection, index) => {
      if (index !== 7) {
        await connection.sessions.rotate(request)
        return
      }
      const revocation = await connection.sessions.revoke({ sessionId, now })
      expectEqual(revocation, { outcome: 'revoked' }, 'A session that is being rotated can be revoked')
      for (const other of connections) {
        expectEqual(await other.sessions.rotate({ ...request, generation: 100 }), { outcome: 'unknown' }, rule)
        expectEqual(await other.sessions.find({ sessionId, now }), null, rule)
      }
    })
    expectEqual(await storage.sessions.rotate({ ...request, generation: 100 }), { outcome: 'unknown' }, rule)
    expectEqual(await storage.sessions.find({ sessionId, now }), null, rule)
  }),
  raceCase('race: a reuse among rotations ends the session for all of them', async (storage, connections) => {
    const account = await storeAccount(storage)
    const ahead = rotationOf(account, { generation: 5 })
    await storage.sessions.rotate(ahead)
    await concurrently(connections, (connection, index) =>
      connection.sessions.rotate({ ...ahead, generation: index === 7 ? 1 : 6 }),
    )
    const rule = 'A copied token ends the session, despite concurrent rotations'
    const { sessionId, now } = ahead
    expectEqual(await storage.sessions.find({ sessionId, now }), null, rule)
    const [session] = account.sessions
    expectEqual(await revocationsOf(storage, [sessionId], now), [sessionLine(session, now)], rule)
  }),
  raceCase('race: of twenty revocations of one session exactly one gets revoked', async (storage, connections) => {
    const { sessions, now } = await storeAccount(storage)
    const [session] = sessions
    const request = { sessionId: session.id, now }
    const answers = await concurrently(connections, connection => connection.sessions.revoke(request))
    const rule = 'A session is revoked once, and is recorded in the feed once'
    expectEqual([countOf(answers, 'revoked'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    expectEqual(await revocationsOf(storage, [session.id], now), [sessionLine(session, now)], rule)
  }),
  raceCase('race: twenty calls that revoke all sessions list each of them once', async (storage, connections) => {
    const { user, sessions, now } = await storeAccount(storage)
    const answers = await concurrently(connections, connection =>
      connection.sessions.revokeAll({ userId: user.id, now }),
    )
    const named = answers.flatMap(({ revokedSessionIds }) => revokedSessionIds)
    const ids = sessions.map(({ id }) => id)
    expectEqual(named.toSorted(), ids.toSorted(), 'Exactly one call revokes each session')
  }),
]
