import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { storeUser } from '../../../conformance/stored-records.js'
import type { UserRecord } from '../../../storage/records.js'

/** Stores users with adjacent ids, in this order, even if the database has other users. */
async function neighbours(storage: Storage): Promise<[UserRecord, UserRecord, UserRecord, UserRecord, UserRecord]> {
  const prefix = randomUUID().slice(0, -2)
  const store = (suffix: string) => storeUser(storage, { id: `${prefix}${suffix}` })
  const [third, fifth, first] = [await store('0a'), await store('ff'), await store('00')]
  return [first, await store('09'), third, await store('9f'), fifth]
}

/** Cases for listing all users in pages. */
export const userListCases: readonly ConformanceCase[] = [
  {
    title: 'users.list: a page begins behind afterId, and has at most `limit` users in the order of their ids',
    async run({ storage }) {
      const [first, ...others] = await neighbours(storage)
      const page = await storage.users.list({ afterId: first.id, limit: 4 })
      expectEqual(page, others, 'Users are ordered by id, byte for byte, exactly as written')
      const short = await storage.users.list({ afterId: first.id, limit: 2 })
      expectEqual(short, others.slice(0, 2), 'A page has at most `limit` users')
    },
  },
  {
    title: 'users.list: a page may start after the id of a deleted user',
    async run({ storage }) {
      const [, second, third, fourth] = await neighbours(storage)
      await storage.users.delete({ userId: second.id, now: second.createdAt })
      const page = await storage.users.list({ afterId: second.id, limit: 2 })
      expectEqual(page, [third, fourth], 'Deleting a user between two pages skips no other user')
    },
  },
  {
    title: 'users.list: from the first page to the empty one, every user is listed once',
    async run({ storage }) {
      const users = await neighbours(storage)
      const seen: UserRecord[] = []
      let page = await storage.users.list({ limit: 100 })
      while (page.length > 0) {
        seen.push(...page)
        assert.ok(seen.length < 1_000_000, 'The pages come to an end: the storage never gave an empty page')
        page = await storage.users.list({ afterId: String(seen.at(-1)?.id), limit: 100 })
      }
      const ids = new Set(users.map(({ id }) => id))
      const ours = seen.filter(({ id }) => ids.has(id))
      expectEqual(ours, users, 'Pages neither overlap nor leave gaps')
    },
  },
]
