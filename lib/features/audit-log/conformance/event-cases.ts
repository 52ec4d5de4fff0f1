import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEvent } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'

/** Stores events of one user, and returns them with the greatest id first. */
async function storeEvents(storage: Storage, count: number) {
  const user = await storeUser(storage)
  const events = Array.from({ length: count }, () => randomEvent(user.id))
  await storage.events.add({ events })
  return { user, newestFirst: events.sort((one, other) => (one.id < other.id ? 1 : -1)) }
}

const anonymous = { ip: null, userAgent: null }

/** Cases for stored events. */
export const eventCases: readonly ConformanceCase[] = [
  {
    title: 'events.add: an event comes back exactly as it was written',
    async run({ storage }) {
      const { id: userId } = await storeUser(storage)
      const nothing = { reason: null, sessionId: null, apiKeyId: null, ...anonymous, requestId: null, details: {} }
      for (const event of [randomEvent(userId), randomEvent(userId, nothing)]) {
        await storage.events.add({ events: [event] })
        const [found] = await storage.events.list({ userId, beforeId: `${event.id}~`, limit: 1 })
        expectEqual(found, event, 'An event comes back as written')
      }
    },
  },
  {
    title: 'events.add: an empty list changes nothing',
    async run({ storage }) {
      await storage.events.add({ events: [] })
      expectEqual(await storage.events.list({ userId: randomUUID(), limit: 10 }), [], 'An unknown user has no events')
    },
  },
  {
    title: 'events.add: an event whose id is already stored is skipped, and the others of the batch are stored',
    async run({ storage }) {
      const { user, newestFirst } = await storeEvents(storage, 1)
      const repeated = newestFirst.map(event => ({ ...event, name: 'another' }))
      const added = randomEvent(user.id)
      await storage.events.add({ events: repeated })
      await storage.events.add({ events: [...repeated, added] })
      const found = await storage.events.list({ userId: user.id, limit: 10 })
      const expected = [...newestFirst, added].sort((one, other) => (one.id < other.id ? 1 : -1))
      expectEqual(found, expected, 'A batch can be retried')
    },
  },
  {
    title: 'events.add: an event of a deleted user is stored without ip and userAgent',
    async run({ storage }) {
      const gone = randomEvent(randomUUID())
      await storage.events.add({ events: [gone] })
      const found = await storage.events.list({ userId: String(gone.userId), limit: 10 })
      expectEqual(found, [{ ...gone, ...anonymous }], 'Deleting a user removes the origin of their events')
    },
  },
  {
    title: 'events.list: the greatest id comes first, and pages neither overlap nor leave gaps',
    async run({ storage }) {
      const { user, newestFirst } = await storeEvents(storage, 5)
      const page = (beforeId?: string) => storage.events.list({ userId: user.id, beforeId, limit: 2 })
      const first = await page()
      const second = await page(first.at(-1)?.id)
      const third = await page(second.at(-1)?.id)
      const lengths = [first.length, second.length, third.length]
      expectEqual(lengths, [2, 2, 1], 'A page holds at most `limit` events')
      expectEqual([...first, ...second, ...third], newestFirst, 'Pages go from the greatest id to the least')
    },
  },
  {
    title: 'events.list: without a userId all events are listed, including those without a user',
    async run({ storage }) {
      const { newestFirst } = await storeEvents(storage, 1)
      const ofNobody = randomEvent(null)
      await storage.events.add({ events: [ofNobody] })
      for (const event of [...newestFirst, ofNobody]) {
        const [found] = await storage.events.list({ beforeId: `${event.id}~`, limit: 1 })
        expectEqual(found, event, 'No event is hidden')
      }
    },
  },
  {
    title: 'events.list: with a userId only the events of that user are listed',
    async run({ storage }) {
      const { user, newestFirst } = await storeEvents(storage, 2)
      await storeEvents(storage, 2)
      const found = await storage.events.list({ userId: user.id, limit: 10 })
      expectEqual(found, newestFirst, 'Only events of the user are listed')
    },
  },
  {
    title: 'users.delete: the user’s events stay without ip and userAgent, and those of other users stay unchanged',
    async run({ storage }) {
      const { user, newestFirst } = await storeEvents(storage, 2)
      const other = await storeEvents(storage, 1)
      await storage.users.delete({ userId: user.id, now: user.createdAt })
      const found = await storage.events.list({ userId: user.id, limit: 10 })
      const expected = newestFirst.map(event => ({ ...event, ...anonymous }))
      expectEqual(found, expected, 'Events stay, their origin is removed')
      const others = await storage.events.list({ userId: other.user.id, limit: 10 })
      expectEqual(others, other.newestFirst, 'Events of other users stay unchanged')
    },
  },
]
