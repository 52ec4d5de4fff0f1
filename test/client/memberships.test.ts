import t, { type Test } from 'tap'
import type { AuthClientOptions } from '../../lib/client/index.js'
import { fetchWithJar } from './fixtures/cookie-jar.js'
import { ben, organizationApp } from './fixtures/organization-app.js'

type Mode = 'pair' | 'access-only' | 'sliding'

const modes = ['pair', 'access-only', 'sliding'] as const
const listing = 'GET /auth/organizations'
const asking = 'GET /auth/me'

/** An application, Ada, who owns an organisation, and Ben, who is a member. Both sessions act there. */
async function withMember(t: Test, tokenMode: Mode, options: AuthClientOptions = { transport: 'token' }) {
  const app = await organizationApp(t, { tokenMode })
  const owner = await app.signedUp({ tokenMode, transport: 'token' })
  const id = await app.ownedBy(owner)
  const member = app.client({ tokenMode, ...options })
  await member.signUp({ ...ben, invitationToken: await app.invited(owner, id) })
  app.requests.length = 0
  return { ...app, owner, id, member, memberId: member.session.user?.id ?? '' }
}

for (const tokenMode of modes) {
  t.test(`${tokenMode}: a member who leaves the current organisation acts in none`, async t => {
    const { id, member, memberId: userId, requests } = await withMember(t, tokenMode)
    t.equal((await member.removeMember({ id, userId })).status, 204)
    t.equal(member.session.organization, null)
    t.equal(requests.length, 1, 'the client asks for nothing more')
    t.equal((await member.fetch('/role')).status, 403)
    await member.getMe()
    t.hasStrict(member.session, { status: 'signed-in', organization: null })
  })

  t.test(`${tokenMode}: an owner who deletes the current organisation acts in none`, async t => {
    const { id, owner } = await withMember(t, tokenMode)
    const other = await owner.createOrganization({ name: 'Mills' })
    t.equal((await owner.deleteOrganization({ id: other.data?.id ?? '' })).status, 204)
    t.same(owner.session.organization, { id, role: 'owner' }, 'the deletion of another one changes nothing')
    t.equal((await owner.deleteOrganization({ id })).status, 204)
    t.equal(owner.session.organization, null)
  })

  t.test(`${tokenMode}: an owner who hands the organisation over has the new role`, async t => {
    const { id, owner, memberId } = await withMember(t, tokenMode)
    await owner.changeMemberRole({ id, userId: memberId, role: 'owner' })
    t.same(owner.session.organization, { id, role: 'owner' }, 'the role of another member is not that of the user')
    await owner.changeMemberRole({ id, userId: owner.session.user?.id ?? '', role: 'admin' })
    t.same(owner.session.organization, { id, role: 'admin' })
    t.equal((await owner.removeMember({ id, userId: memberId })).error?.code, 'FAST_AUTH_ROLE_REQUIRED')
    t.same(owner.session.organization, { id, role: 'admin' })
  })

  t.test(`${tokenMode}: a removed member learns it from the list of organisations`, async t => {
    const { id, owner, member, memberId: userId, requests } = await withMember(t, tokenMode)
    await owner.removeMember({ id, userId })
    t.same(owner.session.organization, { id, role: 'owner' }, 'the removal of another member changes nothing')
    requests.length = 0
    t.hasStrict(await member.listOrganizations(), { data: { items: [] } })
    t.hasStrict(member.session, { status: 'signed-in', organization: null })
    t.same(requests, tokenMode === 'pair' ? [listing, 'POST /auth/refresh', listing] : [listing, asking])
  })

  t.test(`${tokenMode}: a member with another role learns it from the list of organisations`, async t => {
    const { id, owner, member, memberId: userId } = await withMember(t, tokenMode)
    await owner.changeMemberRole({ id, userId, role: 'billing' })
    await member.listOrganizations()
    t.same(member.session.organization, { id, role: 'billing' })
  })
}

t.test('other tabs learn that the user has left', async t => {
  const fetch = fetchWithJar()
  const { id, client, member, memberId: userId } = await withMember(t, 'sliding', { fetch, sharesTabs: true })
  const second = client({ fetch, sharesTabs: true, tokenMode: 'sliding' })
  await second.getMe()
  t.same(second.session.organization, { id, role: 'member' })
  await member.removeMember({ id, userId })
  while (second.session.organization !== null) await new Promise(setImmediate)
})

t.test(
  'a list that shows another current organisation, or none, is followed by a question for the session',
  async t => {
    const fetch = fetchWithJar()
    const { client, requests, signedUp, ownedBy } = await organizationApp(t)
    const first = await signedUp({ fetch })
    const engines = await ownedBy(first, 'Engines')
    const second = client({ fetch })
    await second.getMe()
    const mills = await ownedBy(second, 'Mills')
    requests.length = 0
    await first.listOrganizations()
    t.same(first.session.organization, { id: mills, role: 'owner' })
    t.same(requests, [listing, asking])
    await second.switchOrganization({ organizationId: null })
    await first.listOrganizations()
    t.equal(first.session.organization, null)
    await second.switchOrganization({ organizationId: engines })
    await first.listOrganizations()
    t.same(first.session.organization, { id: engines, role: 'owner' })
  },
)

t.test('a page of a list without the current organisation raises no question', async t => {
  const { signedUp, ownedBy, requests } = await organizationApp(t)
  const client = await signedUp({ transport: 'token' })
  for (const name of ['Engines', 'Mills', 'Looms']) await ownedBy(client, name)
  const { data } = await client.listOrganizations()
  const [first, , last] = data?.items ?? []
  requests.length = 0
  await client.switchOrganization({ organizationId: last?.id ?? '' })
  const page = await client.listOrganizations({ limit: 1 })
  await client.switchOrganization({ organizationId: first?.id ?? '' })
  await client.listOrganizations({ limit: 2, after: page.data?.next ?? '' })
  t.same(
    requests.filter(request => request === asking),
    [],
  )
  t.same(client.session.organization, { id: first?.id, role: 'owner' })
})
