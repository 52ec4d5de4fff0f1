import { randomUUID } from 'node:crypto'
import t from 'tap'
import { bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { bodyOf, organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherPaths } from './fixtures/refused-callers.js'

const joinedAt = '2026-01-01T12:00:00.000Z'

t.test('an admin sees the members by id, with their addresses and roles', async t => {
  const { ada, ben, cyd, id, path, asked } = await teamApplication(t)
  const answer = await ben.send('GET', `${path.replace(id, id.toUpperCase())}/members`)
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  const items = [
    { userId: ada.id, email: ada.email, role: 'owner', joinedAt },
    { userId: ben.id, email: ben.email, role: 'admin', joinedAt },
    { userId: cyd.id, email: cyd.email, role: 'member', joinedAt },
  ].toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
  t.strictSame(answer.json(), { items, next: null })
  t.strictSame(asked(), ['organizations.find', 'memberships.list'])
  t.strictSame((await ada.send('GET', `${path}/members`)).json().items, items)
})

t.test('a list is read page by page', async t => {
  const { ada, ben, cyd, path } = await teamApplication(t)
  const ids = [ada.id, ben.id, cyd.id].toSorted()
  const read = async (query: string) => {
    const { items, next } = (await ada.send('GET', `${path}/members?${query}`)).json()
    return [items.map((item: { userId: string }) => item.userId), next]
  }
  t.strictSame(await read('limit=2'), [ids.slice(0, 2), ids[1]])
  t.strictSame(await read(`limit=2&after=${ids[1]?.toUpperCase()}`), [ids.slice(2), null])
  t.strictSame(await read('limit=3'), [ids, null])
  t.strictSame(await read(`after=${ids[2]}`), [[], null])
  for (const [query, field] of [
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['after=x', 'after'],
    ['role=x', 'role'],
  ]) {
    const answer = await ada.send('GET', `${path}/members?${query}`)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, field === 'role' ? 'querystring' : (field as string))
  }
})

t.test('a member sees them only if the option allows it, and a user who is no member never', async t => {
  for (const memberList of ['admin', 'member'] as const) {
    const team = await teamApplication(t, { organizations: { memberList } })
    const { app, ada, cyd, stranger, path } = team
    const answer = await cyd.send('GET', `${path}/members`)
    if (memberList === 'admin') refused(t, answer, 403, 'FAST_AUTH_ROLE_REQUIRED')
    else t.equal(answer.json().items.length, 3)
    refused(t, await stranger.send('GET', `${path}/members`), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
    const unknown = `/organizations/${randomUUID()}/members`
    refused(t, await ada.send('GET', unknown), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
    refused(t, await app.inject(`/auth${path}/members`), 401, 'FAST_AUTH_UNAUTHENTICATED')
    await refusesOtherPaths(t, team, { method: 'GET', path: `${path}/members` })
  }
})

t.test('members with a user name have it in the list', async t => {
  const { app, ada, found, invite, post } = await organizationApplication(t, { options: { usernames: true } })
  const { id } = await found(ada)
  const { token: invitationToken } = await invite(ada, id, 'ben@example.com')
  const body = { email: 'ben@example.com', password: ada.password, username: 'Ben_1', transport: 'token' }
  const { user } = bodyOf<{ user: { id: string } }>(await post('/sign-up', { ...body, invitationToken }), 201)
  const { items } = (await ada.send('GET', `/organizations/${id}/members`)).json()
  const ben = { userId: user.id, email: body.email, username: 'ben_1', role: 'member', joinedAt }
  const owner = { userId: ada.id, email: ada.email, role: 'owner', joinedAt }
  t.strictSame(
    items,
    [ben, owner].toSorted((a, b) => (a.userId < b.userId ? -1 : 1)),
  )
  t.ok(app.hasRoute({ method: 'GET', url: '/auth/organizations/:id/members' }))
})

t.test('an API key lists with the role of its user, in its organisation alone', async t => {
  const { app, ben, cyd, found, id, path } = await teamApplication(t)
  const list = async (key: string, of = path) => app.inject({ url: `/auth${of}/members`, headers: bearer(key) })
  const make = async (one: typeof ben) =>
    (await one.send('POST', '/api-keys', { name: 'deploy', organizationId: id })).json().key
  const key = await make(ben)
  t.equal((await list(key)).json().items.length, 3)
  refused(t, await list(await make(cyd)), 403, 'FAST_AUTH_ROLE_REQUIRED')
  const other = await found(ben, 'Looms')
  refused(t, await list(key, `/organizations/${other.id}`), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
})
