import t from 'tap'
import { refused } from '../support/refusal.js'
import { expected, organizationWorld, type Person } from './fixtures/organization-world.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'

async function rolesOf(person: Person): Promise<string[]> {
  const { items } = (await person.send('GET', '/organizations')).json()
  return items.map(({ role }: { role: string }) => role)
}

t.test('a member whom an owner has invited again does not return by this invitation after a removal', async t => {
  const { olga, organizationId, path, invite, newMember } = await organizationWorld(t)
  const admin = await newMember('admin')
  const { token } = await invite(olga, organizationId, admin.email, 'admin')
  expected(await olga.send('DELETE', `${path}/members/${admin.id}`), 204)
  expected(await admin.refresh(), 200)
  refused(t, await admin.accept(token), 400, invalid)
  t.strictSame(await rolesOf(admin), [])
})

t.test('a member who was demoted, and leaves, does not return with the former role by an old invitation', async t => {
  const { olga, organizationId, path, invite, newMember } = await organizationWorld(t)
  const admin = await newMember('admin')
  const { token } = await invite(olga, organizationId, admin.email, 'admin')
  expected(await olga.send('PATCH', `${path}/members/${admin.id}`, { role: 'member' }), 200)
  expected(await admin.refresh(), 200)
  expected(await admin.send('DELETE', `${path}/members/${admin.id}`), 204)
  expected(await admin.refresh(), 200)
  refused(t, await admin.accept(token), 400, invalid)
  t.strictSame(await rolesOf(admin), [])
})

t.test('a member who deletes the account does not return by an old invitation and a new sign-up', async t => {
  const { olga, organizationId, path, invite, newMember, post, storage, state } = await organizationWorld(t)
  const admin = await newMember('admin')
  const { token: invitationToken } = await invite(olga, organizationId, admin.email, 'admin')
  expected(await olga.send('PATCH', `${path}/members/${admin.id}`, { role: 'member' }), 200)
  const again = await invite(olga, organizationId, admin.email, 'member')
  await storage.users.delete({ userId: admin.id, now: Date.now() })
  for (const token of [invitationToken, again.token]) {
    const signUp = { email: admin.email, password: 'correct horse battery', invitationToken: token }
    refused(t, await post('/sign-up', signUp), 400, invalid)
  }
  t.equal((await state()).members.length, 1)
})
