import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { bodyOf, organizationApplication, teamApplication } from './fixtures/organization-application.js'

t.test('a user sees their organisations by id, with their role and the current one', async t => {
  const { ada, ben, found, invite, personOf, id, asked } = await teamApplication(t)
  t.strictSame((await ada.send('GET', '/organizations')).json().items.length, 1)
  const his = await found(ben, 'Looms')
  const { token } = await invite(ben, his.id, ada.email)
  const joined = personOf(await ada.send('POST', '/invitations/accept', { token }), ada.email)
  asked()
  const answer = await joined.send('GET', '/organizations')
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  const one = { id, name: 'Analytical Engines', kind: 'shared', role: 'owner', current: false }
  const other = { id: his.id, name: 'Looms', kind: 'shared', role: 'member', current: true }
  const joinedAt = '2026-01-01T12:00:00.000Z'
  const items = [one, other].map(item => ({ ...item, joinedAt })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  t.strictSame(answer.json(), { items, next: null })
  t.strictSame(asked(), ['organizations.list'])
})

t.test('a list is read page by page', async t => {
  const { ada, found } = await organizationApplication(t)
  const ids: string[] = []
  for (const name of ['A', 'B', 'C', 'D', 'E']) ids.push((await found(ada, name)).id)
  ids.sort()
  const read = async (query: string) => {
    const { items, next } = (await ada.send('GET', `/organizations?${query}`)).json()
    return [items.map((item: { id: string }) => item.id), next]
  }
  t.strictSame(await read('limit=2'), [ids.slice(0, 2), ids[1]])
  t.strictSame(await read(`limit=2&after=${ids[1]?.toUpperCase()}`), [ids.slice(2, 4), ids[3]])
  t.strictSame(await read(`limit=2&after=${ids[3]}`), [ids.slice(4), null])
  t.strictSame(await read(`limit=5`), [ids, null], 'a full page that is the last one')
  t.strictSame(await read(`after=${ids[4]}`), [[], null])
  await ada.send('DELETE', `/organizations/${ids[1]}`)
  t.strictSame(await read(`limit=2&after=${ids[1]}`), [ids.slice(2, 4), ids[3]], 'the page does not need its beginning')
})

t.test('a page without a limit has 50 organisations', async t => {
  const { ada, found } = await organizationApplication(t)
  for (let index = 0; index < 51; index += 1) await found(ada)
  const { items, next } = (await ada.send('GET', '/organizations')).json()
  t.strictSame([items.length, next], [50, items[49].id])
})

t.test('wrong queries are refused, and name the field', async t => {
  const { app, ada, asked } = await organizationApplication(t)
  for (const [query, field] of [
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=x', 'limit'],
    ['after=x', 'after'],
    ['after=', 'after'],
    ['userId=x', 'querystring'],
  ] as const) {
    const answer = await ada.send('GET', `/organizations?${query}`)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, field)
  }
  t.strictSame(asked(), [])
  refused(t, await app.inject('/auth/organizations'), 401, 'FAST_AUTH_UNAUTHENTICATED')
})

t.test('an API key of an organisation sees that one, and another key all of them', async t => {
  const { app, ada, ben, found, id, path, asked } = await teamApplication(t)
  await found(ben, 'Looms')
  const make = async (body: object) =>
    bodyOf<{ key: string }>(await ben.send('POST', '/api-keys', { name: 'deploy', ...body }), 201).key
  const list = async (key: string) => (await app.inject({ url: '/auth/organizations', headers: bearer(key) })).json()
  const bound = await make({ organizationId: id })
  const free = await make({})
  const only = { name: 'Analytical Engines', kind: 'shared', role: 'admin', joinedAt: '2026-01-01T12:00:00.000Z' }
  asked()
  t.strictSame(await list(bound), { items: [{ id, ...only, current: true }], next: null })
  t.strictSame(asked(), ['apiKeys.findByHash', 'organizations.find'])
  t.strictSame((await list(free)).items.length, 2)
  await ada.send('DELETE', `${path}/members/${ben.id}`)
  t.strictSame((await list(bound)).code, 'FAST_AUTH_API_KEY_INVALID')
})

t.test('a key sees nothing once another process has ended the membership', async t => {
  const storage = memoryStorage()
  const { app, ada, ben, id } = await teamApplication(t, { options: { storage } })
  const created = await ben.send('POST', '/api-keys', { name: 'deploy', organizationId: id })
  const { key } = bodyOf<{ key: string }>(created, 201)
  const list = () => app.inject({ url: '/auth/organizations', headers: bearer(key) })
  t.equal((await list()).json().items.length, 1)
  const actor = { userId: ada.id, atLeast: 'admin', ownRoles: {} } as const
  await storage.memberships.end({ organizationId: id, userId: ben.id, actor, now: Date.UTC(2026, 0, 1, 12) })
  t.strictSame((await list()).json(), { items: [], next: null }, 'before the feed says that the key has ended')
})
