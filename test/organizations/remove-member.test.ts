import { randomUUID } from 'node:crypto'
import t from 'tap'
import { bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { bodyOf, organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers, refusesOtherPaths } from './fixtures/refused-callers.js'

t.test('an owner removes an admin, whose sessions, keys and invitations end there', async t => {
  const hooked: unknown[] = []
  const afterMembershipChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterMembershipChange } } })
  const { app, ada, ben, invite, refresh, post, id, path, events, asked } = application
  const { token } = await invite(ben, id, 'dan@example.com')
  const created = await ben.send('POST', '/api-keys', { name: 'deploy', organizationId: id })
  const { key, id: apiKeyId } = bodyOf<{ key: string; id: string }>(created, 201)
  const use = () => app.inject({ url: '/auth/me', headers: bearer(key) })
  t.equal((await use()).statusCode, 200)
  events.length = hooked.length = 0
  asked()

  const members = `${path.replace(id, id.toUpperCase())}/members/${ben.id.toUpperCase()}`
  const answer = await ada.send('DELETE', members)
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['memberships.end'])
  const about = { userId: ada.id, sessionId: ada.session.id, organizationId: id, memberId: ben.id, role: 'admin' }
  t.hasStrict(events, [
    { name: 'authn_token_revoked', apiKeyId, reason: 'membership_ended', userId: ben.id, sessionId: null },
    { name: 'organization_membership_change', reason: 'member_removed', ...about },
  ])
  t.equal(events.length, 2)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    userId: ada.id,
    membership: { organizationId: id, userId: ben.id, role: 'admin' },
    reason: 'member_removed',
  })

  refused(t, await use(), 401, 'FAST_AUTH_API_KEY_INVALID')
  refused(t, await post('/invitations/preview', { token }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  refused(t, await ben.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  const later = await refresh(ben)
  t.equal((await later.send('GET', '/me')).json().organization, null, 'the account and the session go on')
  refused(t, await later.send('GET', path), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
})

t.test('a member leaves', async t => {
  const { ada, cyd, refresh, id, path, events } = await teamApplication(t)
  t.equal((await cyd.send('DELETE', `${path}/members/${cyd.id}`)).statusCode, 204)
  const about = { userId: cyd.id, sessionId: cyd.session.id, organizationId: id, memberId: cyd.id, role: 'member' }
  t.hasStrict(events, [{ name: 'organization_membership_change', reason: 'member_left', ...about }])
  t.equal(events.length, 1)
  t.equal((await refresh(cyd)).session.organization, null)
  t.equal((await ada.send('GET', `${path}/members`)).json().items.length, 2)
})

t.test('an admin removes members with a lesser role, and no others', async t => {
  const roles = { maintainer: { like: 'admin' }, billing: { like: 'member' } } as const
  const { ada, ben, cyd, member, id, path } = await teamApplication(t, { organizations: { roles } })
  const dan = await member(ada, id, 'dan@example.com', 'maintainer')
  const fay = await member(ada, id, 'fay@example.com', 'billing')
  const remove = (by: typeof ada, of: typeof ada) => by.send('DELETE', `${path}/members/${of.id}`)
  refused(t, await remove(ben, ada), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await remove(ben, dan), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await remove(dan, ben), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await remove(fay, cyd), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await remove(cyd, fay), 403, 'FAST_AUTH_ROLE_REQUIRED')
  t.equal((await remove(dan, cyd)).statusCode, 204)
  t.equal((await remove(ben, fay)).statusCode, 204)
  t.equal((await ada.send('GET', `${path}/members`)).json().items.length, 3)
})

t.test('an organisation keeps an owner; one of two may remove the other', async t => {
  const { ada, ben, refresh, path } = await teamApplication(t)
  const own = (one: typeof ada) => `${path}/members/${one.id}`
  refused(t, await ada.send('DELETE', own(ada)), 409, 'FAST_AUTH_LAST_OWNER')
  await ada.send('PATCH', own(ben), { role: 'owner' })
  t.equal((await (await refresh(ben)).send('DELETE', own(ada))).statusCode, 204)
  refused(t, await ada.send('GET', path), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
})

t.test('no user removes who is no member, and none is removed who is no member', async t => {
  const team = await teamApplication(t)
  const { ada, cyd, stranger, path } = team
  const own = (one: typeof ada) => `${path}/members/${one.id}`
  refused(t, await stranger.send('DELETE', own(cyd)), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await stranger.send('DELETE', own(stranger)), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await ada.send('DELETE', own(stranger)), 404, 'FAST_AUTH_MEMBER_NOT_FOUND')
  refused(t, await cyd.send('DELETE', own(stranger)), 403, 'FAST_AUTH_ROLE_REQUIRED')
  const unknown = `/organizations/${randomUUID()}/members/${cyd.id}`
  refused(t, await ada.send('DELETE', unknown), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  await refusesOtherPaths(t, team, { method: 'DELETE', path: own(cyd) })
})

t.test('a user cannot leave their personal organisation', async t => {
  const { ada } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  const own = `/organizations/${organization.id}/members/${ada.id}`
  refused(t, await ada.send('DELETE', own), 409, 'FAST_AUTH_PERSONAL_ORGANIZATION')
})

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session removes', async t => {
  await refusesOtherCallers(t, ({ path, cyd }) => ({ method: 'DELETE', path: `${path}/members/${cyd.id}` }))
})
