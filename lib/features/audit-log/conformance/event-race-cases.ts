import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { randomEvent } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'

/** Cases for events that are stored and anonymized concurrently. */
export const eventRaceCases: readonly ConformanceCase[] = [
  raceCase('race: a batch of events that is added twenty times is stored once', async (storage, connections) => {
    const { id: userId } = await storeUser(storage)
    const events = [randomEvent(userId), randomEvent(userId), randomEvent(userId)]
    await concurrently(connections, connection => connection.events.add({ events }))
    const newestFirst = events.sort((one, other) => (one.id < other.id ? 1 : -1))
    const found = await storage.events.list({ userId, limit: 100 })
    expectEqual(found, newestFirst, 'An event whose id is already stored is skipped')
  }),
  raceCase('race: no event that is stored during a deletion keeps ip and userAgent', async (storage, connections) => {
    const { id: userId, createdAt: now } = await storeUser(storage)
    const events = await concurrently(connections, async (connection, index) => {
      const event = randomEvent(userId)
      await connection.events.add({ events: [event] })
      if (index === 7) await connection.users.delete({ userId, now })
      return event
    })
    const anonymous = events.map(event => ({ ...event, ip: null, userAgent: null }))
    const asked = anonymous.sort((one, other) => (one.id < other.id ? 1 : -1))
    const found = await storage.events.list({ userId, limit: 100 })
    expectEqual(found, asked, 'Deleting a user removes the origin of their events, and keeps the events')
  }),
]
