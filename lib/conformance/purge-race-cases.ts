import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { hasFeature } from './optional-features.js'
import { purgeTime as now, purgeToTheEnd, storeElder } from './purge-cases.js'
import { concurrently, raceCase } from './race.js'
import { storeSession, storeToken } from './stored-records.js'

const request = { now, revokedBefore: now, eventsBefore: now, limit: 3 }

/** Cases for concurrent purges, and for purges during other calls. */
export const purgeRaceCases: readonly ConformanceCase[] = [
  raceCase('race: twenty concurrent purges count each row once', async (storage, connections) => {
    await purgeToTheEnd(storage, 1_000)
    const elder = await storeElder(storage)
    for (let session = 0; session < 10; session++) await storeSession(storage, elder, { expiresAt: now })
    const hasTokens = hasFeature(storage, 'email')
    if (hasTokens) await storeToken(storage, elder, { expiresAt: now })
    const answers = await concurrently(connections, connection => connection.purge(request))
    const rest = await purgeToTheEnd(storage, 1_000)
    const sum = (kind: 'sessions' | 'oneTimeTokens') =>
      [...answers, ...rest].reduce((total, purged) => total + purged[kind], 0)
    expectEqual(
      [sum('sessions'), sum('oneTimeTokens')],
      [10, hasTokens ? 1 : 0],
      'Only the purge that removes a row counts it',
    )
  }),
  raceCase('race: a purge never removes a session that was rotated in time', async (storage, connections) => {
    const { id: sessionId } = await storeSession(storage, await storeElder(storage), { expiresAt: now })
    const [earlier, idleExpiresAt] = [now - 1, now + 1_000]
    const rotation = { sessionId, generation: 0, now: earlier, graceMilliseconds: 0, idleExpiresAt }
    const answers = await concurrently(connections, async (connection, index) => {
      if (index !== 7) return connection.purge({ ...request, limit: 1_000 })
      return connection.sessions.rotate({
        ...rotation,
        recordSuperseded: false,
        requireConfirmedEmail: false,
        ip: null,
        userAgent: null,
      })
    })
    const isRotated = answers.some(answer => 'outcome' in answer && answer.outcome === 'rotated')
    const found = await storage.sessions.find({ sessionId, now: earlier })
    expectEqual(found !== null, isRotated, 'A session that was rotated in time is live, and any other is removed')
  }),
]
