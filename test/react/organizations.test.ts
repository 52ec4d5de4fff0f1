import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import t, { type Test } from 'tap'
import { AuthProvider, useInvitation, useOrganization } from '../../lib/react/index.js'
import { ben, organizationApp } from '../client/fixtures/organization-app.js'
import { acted, rendered, until } from './rendered.js'

type Mode = 'pair' | 'access-only' | 'sliding'

const transport = 'token'

/** An application, and Ada, who owns an organisation, in which her session acts. */
async function withOwner(t: Test, tokenMode: Mode = 'pair') {
  const app = await organizationApp(t, { tokenMode })
  const owner = await app.signedUp({ transport, tokenMode })
  return { ...app, owner, id: await app.ownedBy(owner) }
}

/** The same, and Ben, who is a member. */
async function withMember(t: Test, tokenMode: Mode = 'pair') {
  const app = await withOwner(t, tokenMode)
  const member = app.client({ transport, tokenMode })
  await member.signUp({ ...ben, invitationToken: await app.invited(app.owner, app.id) })
  return { ...app, member, memberId: member.session.user?.id ?? '' }
}

const withLists = () => useOrganization({ members: true, invitations: true })

t.test('a component follows the organisations of the user, and the one in which the session acts', async t => {
  const { signedUp } = await organizationApp(t)
  const client = await signedUp({ transport })
  const state = await rendered(t, client, useOrganization)
  await until(() => state().organizations !== null)
  t.hasStrict(state(), { organization: null, organizations: [], moreOrganizations: null })
  t.hasStrict(state(), { members: null, invitations: null })
  await acted(async () => t.equal((await state().create({ name: 'Engines' })).status, 201))
  await until(() => state().organizations?.length === 1)
  t.hasStrict(state(), { organization: null, organizations: [{ name: 'Engines', current: false }] })
  const id = state().organizations?.[0]?.id ?? ''
  await acted(() => state().switchTo(id))
  await until(() => state().organizations?.[0]?.current === true)
  t.same(state().organization, { id, role: 'owner' })
  await acted(() => state().rename({ name: 'Looms' }))
  await until(() => state().organizations?.[0]?.name === 'Looms')
  await acted(() => state().switchTo(null))
  await until(() => state().organizations?.[0]?.current === false)
  t.equal(state().organization, null)
  await acted(() => client.signOut())
  t.hasStrict(state(), { organization: null, organizations: null })
})

t.test('an owner sees members and invitations, and changes them', async t => {
  const { owner, memberId } = await withMember(t)
  const state = await rendered(t, owner, withLists)
  await until(() => state().members?.length === 2 && state().invitations?.length === 0)
  await acted(() => state().changeRole({ userId: memberId, role: 'billing' }))
  await until(() => state().members?.some(({ role }) => role === 'billing') === true)
  await acted(() => state().invite({ email: 'grace@example.com', role: 'admin' }))
  await until(() => state().invitations?.length === 1)
  const [invitation] = state().invitations ?? []
  t.hasStrict(invitation, { email: 'grace@example.com', role: 'admin' })
  await acted(() => state().revokeInvitation({ invitationId: invitation?.id ?? '' }))
  await until(() => state().invitations?.length === 0)
  await acted(() => state().removeMember({ userId: memberId }))
  await until(() => state().members?.length === 1)
  t.hasStrict(await state().changeRole({ userId: memberId, role: 'admin' }), {
    error: { code: 'FAST_AUTH_MEMBER_NOT_FOUND', statusCode: 404 },
  })
})

t.test('a component follows the role of the user, and shows the members only to those who may see them', async t => {
  const { owner, member, memberId, id } = await withMember(t)
  const state = await rendered(t, member, withLists)
  await until(() => state().organizations !== null)
  await acted(() => member.getMe())
  t.hasStrict(state(), { organization: { role: 'member' }, members: null, invitations: null })
  await owner.changeMemberRole({ id, userId: memberId, role: 'admin' })
  await acted(() => member.getMe())
  await until(() => state().members?.length === 2 && state().organizations?.[0]?.role === 'admin')
  t.hasStrict(state(), { organization: { id, role: 'admin' }, invitations: [] })
  await owner.changeMemberRole({ id, userId: memberId, role: 'member' })
  await acted(() => member.getMe())
  t.hasStrict(state(), { organization: { role: 'member' }, members: null, invitations: null })
})

for (const tokenMode of ['pair', 'access-only', 'sliding'] as const) {
  t.test(`${tokenMode}: a member leaves, and an owner deletes`, async t => {
    const { owner, member } = await withMember(t, tokenMode)
    const state = await rendered(t, member, useOrganization)
    await until(() => state().organizations?.length === 1)
    await acted(async () => t.equal((await state().leave()).status, 204))
    await until(() => state().organizations?.length === 0 && state().organization === null)
    const own = await rendered(t, owner, useOrganization)
    await until(() => own().organizations?.length === 1)
    t.hasStrict(await own().leave(), { error: { code: 'FAST_AUTH_LAST_OWNER' } })
    await acted(async () => t.equal((await own().deleteOrganization()).status, 204))
    await until(() => own().organizations?.length === 0 && own().organization === null)
  })
}

t.test('without a current organisation, nothing is sent to change it', async t => {
  const { signedUp, requests } = await organizationApp(t)
  const state = await rendered(t, await signedUp({ transport }), withLists)
  await until(() => state().organizations !== null)
  requests.length = 0
  for (const { error } of [await state().leave(), await state().rename({ name: 'Looms' })])
    t.hasStrict(error, { code: 'FAST_AUTH_ORGANIZATION_REQUIRED', statusCode: 0 })
  t.same(requests, [])
})

t.test('a long list is read page by page, and as far as before after a change', async t => {
  const { signedUp } = await organizationApp(t)
  const client = await signedUp({ transport })
  for (let number = 0; number < 51; number += 1) await client.createOrganization({ name: `Engine ${number}` })
  const state = await rendered(t, client, useOrganization)
  await until(() => state().organizations?.length === 50)
  await acted(() => state().moreOrganizations?.())
  t.equal(new Set(state().organizations?.map(({ name }) => name)).size, 51)
  t.equal(state().moreOrganizations, null)
  await acted(() => state().create({ name: 'One more' }))
  await until(() => state().organizations?.length === 52)
})

t.test('a list that the server does not return stays unknown', async t => {
  const { app, signedUp } = await organizationApp(t)
  const client = await signedUp({ transport })
  await app.close()
  const state = await rendered(t, client, useOrganization)
  await acted(() => client.listOrganizations())
  t.equal(state().organizations, null)
})

t.test('a component shows an invitation, and the user accepts it', async t => {
  const { client, owner, id, invited } = await withOwner(t)
  const member = client({ transport })
  await member.signUp(ben)
  const token = await invited(owner, id, 'billing')
  const state = await rendered(t, member, () => useInvitation(token))
  await until(() => state().invitation !== null)
  t.hasStrict(state(), {
    invitation: { organizationName: 'Engines', role: 'billing', email: 'b***@example.com' },
    error: null,
  })
  await acted(async () => t.equal((await state().accept()).status, 200))
  t.same(member.session.organization, { id, role: 'billing' })
})

t.test('a visitor without a session declines, and the invitation is not valid any more', async t => {
  const { client, owner, id, invited } = await withOwner(t)
  const visitor = client({ transport })
  const token = await invited(owner, id)
  const state = await rendered(t, visitor, () => useInvitation(token))
  await until(() => state().invitation !== null)
  t.hasStrict(await state().accept(), { error: { code: 'FAST_AUTH_UNAUTHENTICATED' } })
  await acted(async () => t.equal((await state().decline()).status, 204))
  const again = await rendered(t, visitor, () => useInvitation(token))
  await until(() => again().error !== null)
  t.hasStrict(again(), { invitation: null, error: { code: 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' } })
})

t.test('a component that gets another token shows no longer the first invitation', async t => {
  const { client, owner, id, invited } = await withOwner(t)
  const visitor = client({ transport })
  let token = await invited(owner, id)
  const state = await rendered(t, visitor, () => {
    useOrganization()
    return useInvitation(token)
  })
  await until(() => state().invitation !== null)
  token = 'A'.repeat(43)
  await acted(() => visitor.signUp({ ...ben, email: 'grace@example.com' }))
  await until(() => state().error !== null)
  t.equal(state().invitation, null)
})

t.test('a page that a server renders knows no organisations, and asks for none', async t => {
  const { client, requests } = await organizationApp(t)
  const Names = () => {
    const { invitation } = useInvitation('token')
    return createElement('i', null, `${useOrganization().organizations} ${invitation}`)
  }
  t.equal(renderToString(createElement(AuthProvider, { client: client() }, createElement(Names))), '<i>null null</i>')
  t.same(requests, [])
})
