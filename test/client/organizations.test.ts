import t from 'tap'
import { clientApp } from './fixtures/client-app.js'
import { fetchWithJar } from './fixtures/cookie-jar.js'
import { ben, organizationApp } from './fixtures/organization-app.js'

const transports = ['cookie', 'token'] as const

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

for (const transport of transports) {
  t.test(`${transport}: a session acts where the user has switched to, with the tokens of the response`, async t => {
    const { signedUp, requests } = await organizationApp(t)
    const client = await signedUp({ transport })
    t.equal(client.session.organization, null)
    const { data } = await client.createOrganization({ name: 'Engines' })
    const id = data?.id ?? ''
    t.equal(client.session.organization, null, 'the creation does not switch')
    requests.length = 0
    t.equal((await client.switchOrganization({ organizationId: id })).status, 200)
    t.same(client.session.organization, { id, role: 'owner' })
    t.same(await (await client.fetch('/role')).json(), { id, role: 'owner' })
    t.same(requests, ['POST /auth/organizations/current', 'GET /role'], 'the earlier tokens are not used again')
    t.equal((await client.refreshSession()).status, 200)
    t.same(client.session.organization, { id, role: 'owner' })
    await client.switchOrganization({ organizationId: null })
    t.equal(client.session.organization, null)
    t.equal((await client.fetch('/role')).status, 403)
  })

  t.test(`${transport}: a changed role is in the session after one refresh, and the request is repeated`, async t => {
    const { signedUp, client, ownedBy, invited, requests } = await organizationApp(t)
    const owner = await signedUp({ transport })
    const id = await ownedBy(owner)
    const member = client({ transport })
    await member.signUp({ ...ben, invitationToken: await invited(owner, id) })
    t.same(member.session.organization, { id, role: 'member' })
    t.type(member.session.user?.emailConfirmedAt, 'string', 'the invitation has confirmed the address')
    const userId = member.session.user?.id ?? ''
    t.hasStrict(await owner.changeMemberRole({ id, userId, role: 'billing' }), {
      status: 200,
      data: { role: 'billing' },
    })
    requests.length = 0
    const responses = await Promise.all([member.fetch('/role'), member.fetch('/role')])
    for (const response of responses) t.same(await response.json(), { id, role: 'billing' })
    t.same(member.session.organization, { id, role: 'billing' })
    t.equal(requests.filter(request => request === 'POST /auth/refresh').length, 1)

    t.equal((await owner.removeMember({ id, userId })).status, 204)
    t.equal((await member.fetch('/role')).status, 403)
    t.hasStrict(member.session, { status: 'signed-in', organization: null })
  })

  t.test(`${transport}: an accepted invitation continues the session in the organisation`, async t => {
    const { signedUp, client, ownedBy, invited, requests } = await organizationApp(t)
    const owner = await signedUp({ transport })
    const id = await ownedBy(owner)
    const member = client({ transport })
    await member.signUp(ben)
    const token = await invited(owner, id, 'admin')
    t.hasStrict(await member.previewInvitation({ token }), {
      data: { organizationName: 'Engines', role: 'admin', email: 'b***@example.com' },
    })
    requests.length = 0
    t.equal((await member.acceptInvitation({ token })).status, 200)
    t.same(member.session.organization, { id, role: 'admin' })
    t.type(member.session.user?.emailConfirmedAt, 'string')
    t.same(await (await member.fetch('/role')).json(), { id, role: 'admin' })
    t.same(requests, ['POST /auth/invitations/accept', 'GET /role'])
    const before = member.session
    t.hasStrict(await member.acceptInvitation({ token }), { error: { code: 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' } })
    t.equal(member.session, before)
  })
}

t.test('a path with two parameters has both', async t => {
  const { signedUp, ownedBy, invited } = await organizationApp(t)
  const owner = await signedUp({ transport: 'token' })
  const id = await ownedBy(owner)
  const token = await invited(owner, id)
  const { data } = await owner.listInvitations({ id, limit: 10 })
  const invitationId = data?.items[0]?.id ?? ''
  t.equal((await owner.revokeInvitation({ id, invitationId })).status, 204)
  t.hasStrict(await owner.declineInvitation({ token }), { error: { code: 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' } })
})

t.test('other tabs of the browser learn that the session acts in another organisation', async t => {
  const { client, ownedBy, requests, signedUp } = await organizationApp(t)
  const fetch = fetchWithJar()
  const first = await signedUp({ fetch, sharesTabs: true })
  const second = client({ fetch, sharesTabs: true })
  await second.getMe()
  const id = await ownedBy(first)
  await until(() => second.session.organization?.id === id)
  requests.length = 0
  t.same(await (await second.fetch('/role')).json(), { id, role: 'owner' })
  t.same(requests, ['GET /role'])
})

t.test('a page that is loaded again learns the organisation, and a changed profile leaves it', async t => {
  const { client, ownedBy, signedUp } = await organizationApp(t, { usernames: true })
  const fetch = fetchWithJar()
  const id = await ownedBy(await signedUp({ fetch }))
  const loaded = client({ fetch })
  await loaded.getMe()
  t.same(loaded.session.organization, { id, role: 'owner' })
  await loaded.updateMe({ username: 'countess' })
  t.hasStrict(loaded.session, { user: { username: 'countess' }, organization: { id, role: 'owner' } })
})

t.test('a response to an earlier request does not bring the former organisation back', async t => {
  const app = await organizationApp(t)
  let hold = Promise.resolve()
  let isHeld = false
  const client = await app.signedUp({
    transport: 'token',
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (String(input).endsWith('/me')) {
        isHeld = true
        await hold
      }
      return response
    },
  })
  let release = () => {}
  hold = new Promise<void>(resolve => {
    release = resolve
  })
  const asked = client.getMe()
  await until(() => isHeld)
  const id = await app.ownedBy(client)
  release()
  t.hasStrict(await asked, { data: { organization: null } })
  t.same(client.session.organization, { id, role: 'owner' })
})

t.test('a session of a server without organisations acts in none', async t => {
  const { signedUp } = await clientApp(t)
  const client = await signedUp({ transport: 'token' })
  await client.getMe()
  t.equal(client.session.organization, null)
})
