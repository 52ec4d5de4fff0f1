import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { bearer } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const password = 'correct horse battery'

async function organizationOf(t: Test) {
  const parts = await testApplication(t, {
    mail: true,
    keys: true,
    options: { organizations: { roles: { billing: { like: 'member' } } }, transport: 'token' },
    after: app => {
      app.get('/user', { onRequest: app.fastAuth.requireOrganization() }, async ({ user }) => ({ ...user }))
    },
  })
  const { app, post, tokenTo } = parts
  const owner = (await post('/sign-up', { email: 'mary@example.com', password })).json()
  const { id } = (await post('/organizations', { name: 'Engines' }, bearer(owner.accessToken))).json()
  const invitation = { email: 'grace@example.com', role: 'admin' }
  await post(`/organizations/${id}/invitations`, invitation, bearer(owner.accessToken))
  const invitationToken = await tokenTo('grace@example.com', 'invitation')
  const admin = (await post('/sign-up', { email: 'grace@example.com', password, invitationToken })).json()
  const { key } = (await post('/api-keys', { name: 'k', organizationId: id }, bearer(admin.accessToken))).json()
  const asAdmin = (token: string) => app.inject({ url: '/user', headers: bearer(token) })
  return { ...parts, id, key, ownerId: owner.user.id, adminId: admin.user.id, accessToken: admin.accessToken, asAdmin }
}

t.test('an operator hands an organisation over, then deletes the account of its only owner', async t => {
  const { app, id, ownerId, adminId, accessToken, asAdmin, events } = await organizationOf(t)
  t.strictSame(await app.fastAuth.deleteUser(ownerId), { outcome: 'lastOwner', organizationIds: [id] })
  events.length = 0
  const change = { organizationId: id, ownerId, userId: adminId, role: 'owner' }
  const changed = await app.fastAuth.changeMemberRole(change)
  t.match(changed, { outcome: 'changed', membership: { userId: adminId, role: 'owner' } })
  t.match(events, [
    { name: 'organization_membership_change', userId: ownerId, memberId: adminId, reason: 'role_changed' },
  ])
  t.equal((await asAdmin(accessToken)).json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.strictSame(await app.fastAuth.deleteUser(ownerId), { outcome: 'deleted' })
})

t.test('an operator deletes an organisation, and access to it ends', async t => {
  const { app, id, key, ownerId, accessToken, asAdmin, events } = await organizationOf(t)
  t.equal((await asAdmin(key)).json().organization.id, id)
  events.length = 0
  t.strictSame(await app.fastAuth.deleteOrganization({ organizationId: id, ownerId }), { outcome: 'deleted' })
  t.match(events, [
    { name: 'authn_token_revoked', reason: 'membership_ended' },
    { name: 'organization_change', reason: 'organization_deleted', userId: ownerId },
  ])
  t.equal((await asAdmin(key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
  t.equal((await asAdmin(accessToken)).json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.strictSame(await app.fastAuth.deleteUser(ownerId), { outcome: 'deleted' })
})

t.test('an operator acts only for an owner, and within the rules of the organisation', async t => {
  const { app, id: organizationId, ownerId, adminId } = await organizationOf(t)
  const { changeMemberRole, deleteOrganization } = app.fastAuth
  t.strictSame(await deleteOrganization({ organizationId, ownerId: adminId }), { outcome: 'forbidden' })
  t.strictSame(await deleteOrganization({ organizationId: randomUUID(), ownerId }), { outcome: 'unknown' })
  const demotion = { organizationId, ownerId, userId: ownerId, role: 'billing' }
  t.strictSame(await changeMemberRole(demotion), { outcome: 'lastOwner' })
  t.strictSame(await changeMemberRole({ ...demotion, userId: randomUUID() }), { outcome: 'unknownMember' })
  await t.rejects(changeMemberRole({ ...demotion, role: 'boss' }), {
    message: 'body/role must be one of owner, admin, member, billing',
  })
})

t.test('without the option organizations, the functions of operators say so', async t => {
  const { app } = await testApplication(t)
  const request = { organizationId: randomUUID(), ownerId: randomUUID() }
  const problem = { name: 'TypeError', message: /needs the option "organizations"/ }
  await t.rejects(app.fastAuth.deleteOrganization(request), problem)
  await t.rejects(app.fastAuth.changeMemberRole({ ...request, userId: randomUUID(), role: 'owner' }), problem)
})
