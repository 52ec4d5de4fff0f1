import t from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import type { MadeKey } from '../support/test-keys.js'

const names = ({ items }: { items: readonly MadeKey[] }) => items.map(({ name }) => name)

t.test('a user sees their keys, expired ones too, and never the key itself', async t => {
  const { owner, ownerOf, calls, advance } = await testApplication(t, { keys: true })
  const ben = await ownerOf({ ...ada, email: 'ben@example.com' })
  await ben.make()
  const { key: _, ...expired } = await owner.make({ name: 'old', expiresAt: '2026-01-01T12:00:01Z' })
  advance(60)
  const { key, ...live } = await owner.make({ name: 'new', scopes: ['reports:read'] })
  calls.length = 0
  const answer = await owner.list()
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), { items: [live, expired], total: 2, limit: 20, offset: 0 })
  t.notOk(answer.body.includes(key.slice(7, -4)))
  t.strictSame(calls, ['apiKeys.list'])
})

t.test('without keys the list is empty', async t => {
  const { owner } = await testApplication(t, { keys: true })
  t.strictSame((await owner.list()).json(), { items: [], total: 0, limit: 20, offset: 0 })
})

t.test('pages are contiguous, and each has the total', async t => {
  const { owner, advance } = await testApplication(t, { keys: true })
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await owner.make({ name })
    advance(1)
  }
  const page = async (query: string) => (await owner.list(query)).json()
  t.strictSame(names(await page('?limit=2')), ['e', 'd'])
  t.strictSame(names(await page('?limit=2&offset=2')), ['c', 'b'])
  const last = await page('?limit=2&offset=4')
  t.strictSame([names(last), last.total, last.limit, last.offset], [['a'], 5, 2, 4])
  t.strictSame(names(await page('?offset=5')), [])
  t.strictSame(names(await page('?limit=100&offset=1000000')), [])
})

t.test('keys come in the order that is asked for', async t => {
  const storage = sqliteStorage({ file: ':memory:' })
  const { owner, advance } = await testApplication(t, { keys: true, options: { storage } })
  const made: MadeKey[] = []
  for (const name of ['beta', 'Alpha', 'gamma']) {
    made.push(await owner.make({ name }))
    advance(1)
  }
  const [beta, , gamma] = made.map(({ id }) => id)
  await storage.apiKeys.touch({
    uses: [beta, gamma].map((id, index) => ({ apiKeyId: String(id), lastUsedAt: 2_000_000_000_000 - index })),
  })
  const page = async (query: string) => names((await owner.list(query)).json())
  t.strictSame(await page(''), ['gamma', 'Alpha', 'beta'], 'the newest first')
  t.strictSame(await page('?sortOrder=asc'), ['beta', 'Alpha', 'gamma'])
  t.strictSame(await page('?sortBy=createdAt&sortOrder=desc'), ['gamma', 'Alpha', 'beta'])
  t.strictSame(await page('?sortBy=name&sortOrder=asc'), ['Alpha', 'beta', 'gamma'])
  t.strictSame(await page('?sortBy=name'), ['gamma', 'beta', 'Alpha'])
  t.strictSame(await page('?sortBy=lastUsedAt'), ['beta', 'gamma', 'Alpha'])
  t.strictSame(await page('?sortBy=lastUsedAt&sortOrder=asc'), ['Alpha', 'gamma', 'beta'], 'never used comes first')
})

t.test('keys that are equal come by id, whichever way the rest is sorted, so that no page misses one', async t => {
  const { owner } = await testApplication(t, { keys: true })
  const made = await Promise.all(Array.from({ length: 9 }, () => owner.make()))
  const sorted = made.map(({ id }) => id).sort()
  for (const sortBy of ['createdAt', 'name', 'lastUsedAt']) {
    for (const sortOrder of ['asc', 'desc']) {
      const ids = []
      for (const offset of [0, 4, 8]) {
        const { items } = (await owner.list(`?limit=4&offset=${offset}&sortBy=${sortBy}&sortOrder=${sortOrder}`)).json()
        ids.push(...items.map(({ id }: MadeKey) => id))
      }
      t.strictSame(ids, sorted, `${sortBy} ${sortOrder}`)
    }
  }
})

t.test('parameters that are not as documented are refused before the storage is asked', async t => {
  const { owner, calls } = await testApplication(t, { keys: true })
  const wrong = [
    ...['0', '101', '-1', '1.5', '1e1', '0x10', '010', '%2B5', '%205', '', 'x', 'null', '9'.repeat(20)].map(
      n => `limit=${n}`,
    ),
    ...['-1', '1000001', '0.5', '', 'x'].map(n => `offset=${n}`),
    ...['id', 'hash', 'CreatedAt', '', 'created_at', 'name;drop'].map(name => `sortBy=${name}`),
    ...['ASC', 'up', ''].map(order => `sortOrder=${order}`),
    ...[
      'limit=1&limit=2',
      'sortBy=name&sortBy=name',
      'limit[]=1',
      'x=1',
      'userId=1',
      '__proto__=1',
      'constructor=1',
      '=',
    ],
  ]
  for (const query of wrong) {
    const answer = await owner.list(`?${query}`)
    t.equal(answer.statusCode, 400, query)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
  }
  t.strictSame(calls, [])
})

t.test('the ends of what is allowed are allowed', async t => {
  const { owner } = await testApplication(t, { keys: true })
  for (const query of ['limit=1', 'limit=100', 'offset=0', 'offset=1000000']) {
    t.equal((await owner.list(`?${query}`)).statusCode, 200, query)
  }
})

t.test('keys are not listed without a session', async t => {
  const { app, owner, calls } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  calls.length = 0
  refused(t, await app.inject('/auth/api-keys'), 401, 'FAST_AUTH_UNAUTHENTICATED')
  const answer = await app.inject({ url: '/auth/api-keys', headers: bearer(key) })
  refused(t, answer, 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.strictSame(calls, ['apiKeys.findByHash'])
})
