import { randomUUID } from 'node:crypto'
import t from 'tap'
import { answerHeaders, refused } from '../support/refusal.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers, refusesOtherPaths } from './fixtures/refused-callers.js'

t.test('an admin renames the organisation', async t => {
  const hooked: unknown[] = []
  const afterOrganizationChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterOrganizationChange } } })
  const { ben, ada, organization, id, path, events, asked } = application
  hooked.length = 0
  const answer = await ben.send('PATCH', path.replace(id, id.toUpperCase()), { name: ' Looms ' })
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), { ...organization, name: 'Looms', role: 'admin', current: true })
  t.strictSame(asked(), ['organizations.rename'])
  const about = { userId: ben.id, sessionId: ben.session.id, organizationId: id }
  t.hasStrict(events, [{ name: 'organization_change', reason: 'organization_renamed', ...about }])
  t.equal(events.length, 1)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    userId: ben.id,
    organization: { id, name: 'Looms', kind: 'shared' },
    reason: 'organization_renamed',
  })
  t.strictSame((await ada.send('GET', path)).json(), { ...organization, name: 'Looms' })
})

t.test('a role that is like admin renames, one that is like member does not', async t => {
  const roles = { maintainer: { like: 'admin' }, billing: { like: 'member' } } as const
  const { ada, cyd, id, path, member } = await teamApplication(t, { organizations: { roles } })
  const dan = await member(ada, id, 'dan@example.com', 'maintainer')
  const fay = await member(ada, id, 'fay@example.com', 'billing')
  t.equal((await dan.send('PATCH', path, { name: 'Looms' })).json().role, 'maintainer')
  refused(t, await fay.send('PATCH', path, { name: 'Mine' }), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await cyd.send('PATCH', path, { name: 'Mine' }), 403, 'FAST_AUTH_ROLE_REQUIRED')
  t.equal((await ada.send('GET', path)).json().name, 'Looms')
})

t.test('no user renames who is no member, and only a name changes', async t => {
  const team = await teamApplication(t)
  const { ada, stranger, path } = team
  const payload = { name: 'Mine' }
  refused(t, await stranger.send('PATCH', path, payload), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const unknown = `/organizations/${randomUUID()}`
  refused(t, await ada.send('PATCH', unknown, payload), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  for (const name of ['', ' ', 'x'.repeat(101), 'x'.repeat(201), 'a\nb', 5, null, undefined]) {
    const answer = await ada.send('PATCH', path, { name })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, 'name')
  }
  refused(t, await ada.send('PATCH', path, { ...payload, kind: 'personal' }), 400, 'FST_ERR_VALIDATION')
  await refusesOtherPaths(t, team, { method: 'PATCH', path, payload })
})

t.test('a user renames their personal organisation', async t => {
  const { ada } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  const answer = await ada.send('PATCH', `/organizations/${organization.id}`, { name: 'My things' })
  t.hasStrict(answer.json(), { name: 'My things', kind: 'personal', role: 'owner', current: true })
})

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session renames', async t => {
  await refusesOtherCallers(t, ({ path }) => ({ method: 'PATCH', path, payload: { name: 'Mine' } }))
})
