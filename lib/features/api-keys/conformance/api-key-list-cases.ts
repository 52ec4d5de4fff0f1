import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import type { UserRecord } from '../../../storage/records.js'
import type { ListApiKeys } from '../port.js'

async function namesOf(storage: Storage, { id: userId }: UserRecord, request: Partial<ListApiKeys>) {
  const page = { limit: 100, offset: 0, sortBy: 'createdAt', sortOrder: 'asc', ...request } as const
  const { items } = await storage.apiKeys.list({ userId, ...page })
  return items.map(({ name }) => name)
}

/** Stores keys in an order other than that of their creation, names or use. */
async function storeThree(storage: Storage): Promise<UserRecord> {
  const user = await storeUser(storage)
  const at = user.createdAt
  await storeApiKey(storage, user, { name: 'beta', createdAt: at + 3, lastUsedAt: at + 10 })
  await storeApiKey(storage, user, { name: 'gamma', createdAt: at + 1, lastUsedAt: at + 30 })
  await storeApiKey(storage, user, { name: 'alpha', createdAt: at + 2, lastUsedAt: at + 20 })
  return user
}

const orders: Record<ListApiKeys['sortBy'], readonly string[]> = {
  createdAt: ['gamma', 'alpha', 'beta'],
  name: ['alpha', 'beta', 'gamma'],
  lastUsedAt: ['beta', 'alpha', 'gamma'],
}

function sortCases(sortBy: ListApiKeys['sortBy']): ConformanceCase[] {
  return [
    {
      title: `apiKeys.list: sorted by ${sortBy} ascending, the least comes first`,
      async run({ storage }) {
        const names = await namesOf(storage, await storeThree(storage), { sortBy, sortOrder: 'asc' })
        expectEqual(names, orders[sortBy], `Keys are sorted by ${sortBy}, ascending`)
      },
    },
    {
      title: `apiKeys.list: sorted by ${sortBy} descending, the greatest comes first`,
      async run({ storage }) {
        const names = await namesOf(storage, await storeThree(storage), { sortBy, sortOrder: 'desc' })
        expectEqual(names, orders[sortBy].toReversed(), `Keys are sorted by ${sortBy}, descending`)
      },
    },
    ...(['asc', 'desc'] as const).map(sortOrder => tieCase(sortBy, sortOrder)),
  ]
}

function tieCase(sortBy: ListApiKeys['sortBy'], sortOrder: ListApiKeys['sortOrder']): ConformanceCase {
  return {
    title: `apiKeys.list: keys equal in ${sortBy} are ordered by id ascending, sorted ${sortOrder}`,
    async run({ storage }) {
      const user = await storeUser(storage)
      const ids: string[] = []
      for (const _ of orders[sortBy]) ids.push((await storeApiKey(storage, user, { name: 'equal' })).id)
      const { items } = await storage.apiKeys.list({ userId: user.id, limit: 10, offset: 0, sortBy, sortOrder })
      const rule = 'Equal values are ordered by id, ascending, in either sort order'
      expectEqual(
        items.map(({ id }) => id),
        ids.sort(),
        rule,
      )
    },
  }
}

async function expectNames(storage: Storage, names: readonly string[], rule: string): Promise<void> {
  const user = await storeUser(storage)
  for (const name of names.toReversed()) await storeApiKey(storage, user, { name })
  expectEqual(await namesOf(storage, user, { sortBy: 'name' }), names, rule)
}

/** Cases for listing API keys: sorting, pages, and keys of other users. */
export const apiKeyListCases: readonly ConformanceCase[] = [
  ...(['createdAt', 'name', 'lastUsedAt'] as const).flatMap(sortCases),
  {
    title: 'apiKeys.list: a key that was never used comes last with lastUsedAt descending',
    async run({ storage }) {
      const user = await storeThree(storage)
      await storeApiKey(storage, user, { name: 'unused' })
      const names = await namesOf(storage, user, { sortBy: 'lastUsedAt', sortOrder: 'desc' })
      expectEqual(names, ['gamma', 'alpha', 'beta', 'unused'], 'Every used key comes before a key that was never used')
    },
  },
  {
    title: 'apiKeys.list: a key that was never used comes first with lastUsedAt ascending',
    async run({ storage }) {
      const user = await storeThree(storage)
      await storeApiKey(storage, user, { name: 'unused' })
      const names = await namesOf(storage, user, { sortBy: 'lastUsedAt', sortOrder: 'asc' })
      expectEqual(names, ['unused', 'beta', 'alpha', 'gamma'], 'A key that was never used comes before every used one')
    },
  },
  {
    title: 'apiKeys.list: names compare by code point, so upper case sorts before lower case, and accents after',
    async run({ storage }) {
      await expectNames(storage, ['Z', 'a', 'b', 'z', 'é'], 'No collation decides the order of names')
    },
  },
  {
    title: 'apiKeys.list: names beyond the Basic Multilingual Plane come after all others',
    async run({ storage }) {
      await expectNames(storage, ['\u{D7FF}', '\u{FFFD}', '\u{1F600}'], 'U+FFFD is a lower code point than U+1F600')
    },
  },
  {
    title: 'apiKeys.list: pages neither overlap nor leave gaps, and each has the total',
    async run({ storage }) {
      const user = await storeThree(storage)
      const request = { userId: user.id, limit: 2, sortBy: 'name', sortOrder: 'asc' } as const
      const pages = [0, 2, 4].map(offset => storage.apiKeys.list({ ...request, offset }))
      const found = (await Promise.all(pages)).map(({ items, total }) => ({
        names: items.map(({ name }) => name),
        total,
      }))
      const asked = [
        { names: ['alpha', 'beta'], total: 3 },
        { names: ['gamma'], total: 3 },
        { names: [], total: 3 },
      ]
      expectEqual(found, asked, 'A page starts at its offset and has at most `limit` keys; the total counts every key')
    },
  },
  {
    title: 'apiKeys.list: expired keys are listed and counted',
    async run({ storage }) {
      const user = await storeUser(storage)
      const apiKey = await storeApiKey(storage, user, { expiresAt: user.createdAt })
      const request = { userId: user.id, limit: 10, offset: 0, sortBy: 'createdAt', sortOrder: 'asc' } as const
      const page = await storage.apiKeys.list(request)
      expectEqual(page, { items: [apiKey], total: 1 }, 'Expired keys stay visible to their owner')
    },
  },
  {
    title: 'apiKeys.list: keys of other users are neither listed nor counted',
    async run({ storage }) {
      await storeThree(storage)
      const user = await storeUser(storage)
      const request = { userId: user.id, limit: 10, offset: 0, sortBy: 'createdAt', sortOrder: 'asc' } as const
      const page = await storage.apiKeys.list(request)
      expectEqual(page, { items: [], total: 0 }, 'A list contains only the user’s own keys')
    },
  },
]
