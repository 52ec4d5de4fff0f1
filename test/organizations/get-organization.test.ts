import { randomUUID } from 'node:crypto'
import t from 'tap'
import { bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherPaths } from './fixtures/refused-callers.js'

t.test('every member sees the organisation with their role, and whether they act in it', async t => {
  const { ada, ben, cyd, organization, path, asked } = await teamApplication(t)
  const answer = await ada.send('GET', path.toUpperCase().replace('/ORGANIZATIONS', '/organizations'))
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), organization)
  t.strictSame(asked(), ['organizations.find'])
  t.strictSame((await ben.send('GET', path)).json(), { ...organization, role: 'admin', current: true })
  t.strictSame((await cyd.send('GET', path)).json(), { ...organization, role: 'member', current: true })
})

t.test('for all others there is no such organisation', async t => {
  const team = await teamApplication(t)
  const { app, ada, stranger, path } = team
  refused(t, await app.inject(`/auth${path}`), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await stranger.send('GET', path), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await ada.send('GET', `/organizations/${randomUUID()}`), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await ada.send('GET', `${path}?role=owner`), 400, 'FST_ERR_VALIDATION')
  await refusesOtherPaths(t, team, { method: 'GET', path })
})

t.test('an API key of an organisation sees it alone; one of none sees all of its owner', async t => {
  const { app, ada, found, path, id } = await teamApplication(t)
  const other = await found(ada, 'Other')
  const get = async (key: string, of: string) =>
    (await app.inject({ url: `/auth/organizations/${of}`, headers: bearer(key) })).json()
  const make = async (body: object) => (await ada.send('POST', '/api-keys', { name: 'deploy', ...body })).json().key
  const bound = await make({ organizationId: id })
  t.hasStrict(await get(bound, id), { id, role: 'owner', current: true })
  t.equal((await get(bound, other.id)).code, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const free = await make({})
  t.hasStrict(await get(free, other.id), { id: other.id, current: false })
  t.hasStrict((await ada.send('GET', path)).json(), { id })
})

t.test('a personal organisation is seen by its user', async t => {
  const { ada } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  t.strictSame((await ada.send('GET', `/organizations/${organization.id}`)).json(), {
    id: organization.id,
    name: 'Personal',
    kind: 'personal',
    role: 'owner',
    joinedAt: '2026-01-01T12:00:00.000Z',
    current: true,
  })
})
