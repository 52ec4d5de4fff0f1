import { randomUUID } from 'node:crypto'
import t from 'tap'
import { bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { bodyOf, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherPaths } from './fixtures/refused-callers.js'

t.test('an admin sees the invitations that wait, by id, without their tokens', async t => {
  const { ada, ben, invite, id, path, asked } = await teamApplication(t)
  const sent = [await invite(ben, id, 'dan@example.com'), await invite(ada, id, 'fay@example.com', 'owner')]
  asked()
  const answer = await ben.send('GET', `${path.replace(id, id.toUpperCase())}/invitations`)
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  const items = sent.map(({ token: _, ...others }) => others).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  t.strictSame(answer.json(), { items, next: null })
  t.strictSame(asked(), ['organizations.find', 'invitations.list'])
})

t.test('a list is read page by page', async t => {
  const { ada, invite, id, path } = await teamApplication(t)
  const ids: string[] = []
  for (const name of ['p', 'q', 'r']) ids.push((await invite(ada, id, `${name}@example.com`)).id)
  ids.sort()
  const read = async (query: string) => {
    const { items, next } = (await ada.send('GET', `${path}/invitations?${query}`)).json()
    return [items.map((item: { id: string }) => item.id), next]
  }
  t.strictSame(await read('limit=2'), [ids.slice(0, 2), ids[1]])
  t.strictSame(await read(`limit=2&after=${ids[1]?.toUpperCase()}`), [ids.slice(2), null])
  t.strictSame(await read('limit=3'), [ids, null])
  for (const [query, field] of [
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['after=x', 'after'],
    ['email=x', 'querystring'],
  ] as const) {
    const answer = await ada.send('GET', `${path}/invitations?${query}`)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, field)
  }
})

t.test('neither those that have expired nor those that were accepted are in the list', async t => {
  const { ada, again, invite, member, id, path, advance } = await teamApplication(t)
  await invite(ada, id, 'dan@example.com')
  await member(ada, id, 'fay@example.com')
  const list = async (one: typeof ada) => (await one.send('GET', `${path}/invitations`)).json().items
  t.hasStrict(await list(ada), [{ email: 'dan@example.com' }])
  advance(7 * 86_400)
  t.strictSame(await list(await again(ada)), [])
})

t.test('neither a member sees them, nor a user who is none, nor a visitor', async t => {
  const team = await teamApplication(t)
  const { app, ada, cyd, stranger, path } = team
  const invitations = `${path}/invitations`
  refused(t, await cyd.send('GET', invitations), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await stranger.send('GET', invitations), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const unknown = `/organizations/${randomUUID()}/invitations`
  refused(t, await ada.send('GET', unknown), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await app.inject(`/auth${invitations}`), 401, 'FAST_AUTH_UNAUTHENTICATED')
  await refusesOtherPaths(t, team, { method: 'GET', path: invitations })
})

t.test('an API key of an admin lists', async t => {
  const { app, ada, ben, invite, id, path } = await teamApplication(t)
  await invite(ada, id, 'dan@example.com')
  const created = await ben.send('POST', '/api-keys', { name: 'deploy', organizationId: id })
  const { key } = bodyOf<{ key: string }>(created, 201)
  const answer = await app.inject({ url: `/auth${path}/invitations`, headers: bearer(key) })
  t.equal(answer.json().items.length, 1)
})
