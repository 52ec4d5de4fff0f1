import { randomUUID } from 'node:crypto'
import t from 'tap'
import { bearer } from '../support/account.js'
import { claimsOf } from '../support/passkey-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { bodyOf, organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers, refusesOtherPaths } from './fixtures/refused-callers.js'

const joinedAt = '2026-01-01T12:00:00.000Z'

t.test('an owner changes the role of a member, whose access tokens with the former role end', async t => {
  const hooked: unknown[] = []
  const afterMembershipChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterMembershipChange } } })
  const { ada, cyd, again, refresh, id, path, events, asked } = application
  const elsewhere = await again(cyd)
  events.length = hooked.length = 0
  asked()
  const members = `${path.replace(id, id.toUpperCase())}/members/${cyd.id.toUpperCase()}`
  const answer = await ada.send('PATCH', members, { role: 'admin' })
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), { userId: cyd.id, email: cyd.email, role: 'admin', joinedAt })
  t.strictSame(asked(), ['memberships.changeRole'])
  const about = { userId: ada.id, sessionId: ada.session.id, organizationId: id, memberId: cyd.id, role: 'admin' }
  t.hasStrict(events, [{ name: 'organization_membership_change', reason: 'role_changed', ...about }])
  t.equal(events.length, 1)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    userId: ada.id,
    membership: { organizationId: id, userId: cyd.id, role: 'admin' },
    reason: 'role_changed',
  })
  refused(t, await cyd.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  const later = await refresh(cyd)
  t.hasStrict(claimsOf(later.accessToken), { org: id, org_role: 'admin' })
  t.strictSame((await later.send('GET', '/me')).json().organization, { id, role: 'admin' })
  t.equal((await elsewhere.send('GET', '/me')).statusCode, 200, 'a session that acts elsewhere goes on')
})

t.test('API keys have the new role immediately', async t => {
  const { app, ada, cyd, id, path } = await teamApplication(t)
  const created = await cyd.send('POST', '/api-keys', { name: 'deploy', organizationId: id })
  const { key } = bodyOf<{ key: string }>(created, 201)
  const role = async () => (await app.inject({ url: '/auth/me', headers: bearer(key) })).json().organization.role
  t.equal(await role(), 'member')
  await ada.send('PATCH', `${path}/members/${cyd.id}`, { role: 'admin' })
  t.equal(await role(), 'admin')
})

t.test('roles are the built-in ones and those of the application', async t => {
  const roles = { billing: { like: 'member' } } as const
  const { ada, cyd, path, asked } = await teamApplication(t, { organizations: { roles } })
  const change = (role: unknown) => ada.send('PATCH', `${path}/members/${cyd.id}`, { role })
  t.equal((await change('billing')).json().role, 'billing')
  asked()
  for (const role of ['Owner', 'superuser', 'toString', '__proto__', 'x'.repeat(40)]) {
    const answer = await change(role)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().message, 'body/role must be one of owner, admin, member, billing')
  }
  for (const role of ['', 'x'.repeat(41), 5, null, undefined]) {
    const answer = await change(role)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, 'role')
  }
  const two = await ada.send('PATCH', `${path}/members/${cyd.id}`, { role: 'member', userId: ada.id })
  refused(t, two, 400, 'FST_ERR_VALIDATION')
  t.strictSame(asked(), [])
})

t.test('an organisation keeps an owner, who may hand it over', async t => {
  const { ada, ben, refresh, path } = await teamApplication(t)
  const change = (by: typeof ada, of: typeof ada, role: string) =>
    by.send('PATCH', `${path}/members/${of.id}`, { role })
  refused(t, await change(ada, ada, 'admin'), 409, 'FAST_AUTH_LAST_OWNER')
  t.equal((await change(ada, ada, 'owner')).json().role, 'owner', 'the same role is no change')
  t.equal((await change(ada, ben, 'owner')).statusCode, 200)
  t.equal((await change(ada, ada, 'member')).statusCode, 200)
  refused(t, await change(ada, ada, 'owner'), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await change(await refresh(ben), ben, 'admin'), 409, 'FAST_AUTH_LAST_OWNER')
})

t.test('neither an admin changes roles, nor a member their own, nor a user who is no member', async t => {
  const team = await teamApplication(t)
  const { ada, ben, cyd, stranger, path } = team
  const payload = { role: 'owner' }
  const own = (one: typeof ada) => `${path}/members/${one.id}`
  refused(t, await ben.send('PATCH', own(ben), payload), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await ben.send('PATCH', own(cyd), { role: 'admin' }), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await cyd.send('PATCH', own(cyd), payload), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await stranger.send('PATCH', own(stranger), payload), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await ada.send('PATCH', own(stranger), payload), 404, 'FAST_AUTH_MEMBER_NOT_FOUND')
  const unknown = `/organizations/${randomUUID()}/members/${cyd.id}`
  refused(t, await ada.send('PATCH', unknown, payload), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  await refusesOtherPaths(t, team, { method: 'PATCH', path: own(cyd), payload: { role: 'admin' } })
})

t.test('a personal organisation has one member with one role', async t => {
  const { ada } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  const own = `/organizations/${organization.id}/members/${ada.id}`
  refused(t, await ada.send('PATCH', own, { role: 'member' }), 409, 'FAST_AUTH_PERSONAL_ORGANIZATION')
})

t.test(
  'neither a visitor, nor an API key, nor a page of another site, nor an ended session changes a role',
  async t => {
    await refusesOtherCallers(t, ({ path, cyd }) => ({
      ...{ method: 'PATCH', path: `${path}/members/${cyd.id}`, payload: { role: 'admin' } },
    }))
  },
)
