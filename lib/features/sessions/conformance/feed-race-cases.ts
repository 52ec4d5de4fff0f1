import assert from 'node:assert/strict'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { randomTime } from '../../../conformance/random-records.js'
import { revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeSession, storeUser } from '../../../conformance/stored-records.js'

/** Cases for reading the feed while it grows. */
export const feedRaceCases: readonly ConformanceCase[] = [
  raceCase(
    'race: once a revocation is acknowledged, the feed has it, despite concurrent revocations',
    async (_, connections) => {
      const now = randomTime()
      await concurrently(connections, async (connection, index) => {
        const user = await storeUser(connection, { createdAt: now })
        const { id: sessionId } = await storeSession(connection, user)
        // A later call may have an earlier instant, since clocks differ.
        const revokedAt = now + ((index * 7) % 5)
        await connection.sessions.revoke({ sessionId, now: revokedAt })
        for (const other of connections) {
          const lines = await revocationsOf(other, [sessionId], revokedAt)
          const rule = 'Once a revocation is acknowledged, every reader finds its line in the feed'
          assert.ok(lines.length === 1, `${rule}: the storage gave ${lines.length} lines, the contract asks for 1`)
        }
      })
    },
  ),
]
