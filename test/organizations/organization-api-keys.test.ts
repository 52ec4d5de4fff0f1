import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { type OrganizationSettings, type Person, teamApplication } from './fixtures/organization-application.js'

/** Makes a team with a host route, and functions that make and use keys. */
async function keyApplication(t: Test, settings: OrganizationSettings = {}) {
  const team = await teamApplication(t, {
    ...settings,
    after(app) {
      app.get('/any', { onRequest: app.fastAuth.authenticate }, async ({ user }) => user)
    },
  })
  const { app } = team
  return {
    ...team,
    make: (one: Person, body: object = {}) => one.send('POST', '/api-keys', { name: 'deploy', ...body }),
    use: (key: string, url = '/any') => app.inject({ url, headers: bearer(key) }),
  }
}

t.test('a key of an organisation has the role of its user there', async t => {
  const { ada, ben, make, use, id, path } = await keyApplication(t)
  const answer = await make(ben, { organizationId: id.toUpperCase() })
  t.equal(answer.statusCode, 201)
  const { key, id: apiKeyId, organizationId } = answer.json()
  t.equal(organizationId, id)
  const about = { id: ben.id, email: ben.email, via: 'apiKey', apiKeyId, scopes: [] }
  t.strictSame((await use(key)).json(), { ...about, organization: { id, role: 'admin' } })
  t.strictSame((await use(key, '/auth/me')).json().organization, { id, role: 'admin' })
  t.hasStrict((await ben.send('GET', '/api-keys')).json().items, [{ id: apiKeyId, organizationId: id }])
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
  t.strictSame((await use(key)).json().organization, { id, role: 'member' })
})

t.test('a key without an organisation acts in none, whatever its owner does', async t => {
  const { ben, make, use } = await keyApplication(t)
  const { key, organizationId } = (await make(ben)).json()
  t.equal(organizationId, null)
  t.equal((await use(key)).json().organization, null)
  t.equal((await use(key, '/auth/me')).json().organization, null)
})

t.test('a key is made only in organisations of its user', async t => {
  const { ada, stranger, make, id } = await keyApplication(t)
  refused(t, await make(ada, { organizationId: randomUUID() }), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await make(stranger, { organizationId: id }), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  for (const organizationId of ['x', '', 5, null]) {
    const answer = await make(ada, { organizationId })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, 'organizationId')
  }
  t.strictSame((await ada.send('GET', '/api-keys')).json().items, [])
})

t.test('a key ends with the membership, and is not in the list', async t => {
  const { ada, cyd, make, use, refresh, id, path } = await keyApplication(t)
  const bound = (await make(cyd, { organizationId: id })).json()
  const free = (await make(cyd)).json()
  t.equal((await use(bound.key)).statusCode, 200)
  await ada.send('DELETE', `${path}/members/${cyd.id}`)
  refused(t, await use(bound.key, '/auth/me'), 401, 'FAST_AUTH_API_KEY_INVALID')
  t.equal((await use(free.key)).statusCode, 200)
  const later = await refresh(cyd)
  t.hasStrict((await later.send('GET', '/api-keys')).json().items, [{ id: free.id }])
  t.equal((await later.send('GET', '/api-keys')).json().items.length, 1)
})

t.test('a key that is rolled stays in its organisation', async t => {
  const { ben, make, use, id } = await keyApplication(t)
  const made = (await make(ben, { organizationId: id })).json()
  const answer = await ben.send('POST', `/api-keys/${made.id}/roll`, {})
  t.equal(answer.statusCode, 201)
  t.equal(answer.json().organizationId, id)
  t.strictSame((await use(answer.json().key)).json().organization, { id, role: 'admin' })
})

t.test('in strict mode a key has the role of the moment', async t => {
  const { ada, ben, make, use, id, path } = await keyApplication(t, { options: { revocation: 'strict' } })
  const { key } = (await make(ben, { organizationId: id })).json()
  t.equal((await use(key)).json().organization.role, 'admin')
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
  t.equal((await use(key)).json().organization.role, 'member')
})

t.test('a key is introspected with its organisation', async t => {
  const { app, ben, cyd, make, id } = await keyApplication(t)
  const introspect = async (token: string) =>
    (await ben.inject({ method: 'POST', url: '/auth/tokens/introspect', payload: { token } })).json()
  const { key } = (await make(ben, { organizationId: id })).json()
  t.hasStrict(await introspect(key), { active: true, tokenType: 'api_key', organization: { id, role: 'admin' } })
  t.equal((await introspect((await make(ben)).json().key)).organization, null)
  t.strictSame(await introspect((await make(cyd, { organizationId: id })).json().key), { active: false })
  t.ok(app.hasRoute({ method: 'POST', url: '/auth/tokens/introspect' }))
})
