import t from 'tap'
import { bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { expected, organizationWorld, type Person } from './fixtures/organization-world.js'

const tooLow = 'FAST_AUTH_ROLE_REQUIRED'

async function rolesOf(person: Person): Promise<string[]> {
  const { items } = (await person.send('GET', '/organizations')).json()
  return items.map(({ role }: { role: string }) => role)
}

t.test('a member invites no user to a role above their own, not themselves either', async t => {
  const { path, newMember, state, asked } = await organizationWorld(t)
  const people = {
    admin: await newMember('admin'),
    maintainer: await newMember('maintainer'),
    member: await newMember(),
    billing: await newMember('billing'),
  }
  const all = ['owner', 'admin', 'maintainer', 'member', 'billing']
  const above = { admin: ['owner', 'maintainer'], maintainer: ['owner'], member: all, billing: all }
  const before = await state()
  for (const [own, person] of Object.entries(people)) {
    for (const role of above[own as keyof typeof above])
      for (const email of [person.email, 'accomplice@example.com']) {
        asked()
        refused(t, await person.send('POST', `${path}/invitations`, { email, role }), 403, tooLow)
        t.notOk(asked().includes('invitations.issue'), 'and causes no message')
      }
  }
  t.strictSame(await state(), before)
})

t.test('no user changes their own role by PATCH unless they are an owner', async t => {
  const { olga, path, newMember, state } = await organizationWorld(t)
  const people = [
    await newMember('admin'),
    await newMember('maintainer'),
    await newMember(),
    await newMember('billing'),
  ]
  const before = await state()
  for (const person of people)
    for (const role of ['owner', 'admin', 'maintainer', 'member', 'billing'])
      for (const { id } of [person, ...people])
        refused(t, await person.send('PATCH', `${path}/members/${id}`, { role }), 403, tooLow)
  for (const role of ['admin', 'member', 'billing'])
    refused(t, await olga.send('PATCH', `${path}/members/${olga.id}`, { role }), 409, 'FAST_AUTH_LAST_OWNER')
  t.strictSame(await state(), before)
})

t.test('an admin removes neither an owner nor another admin, whatever the name of their role', async t => {
  const { olga, path, newMember, state } = await organizationWorld(t)
  const [admin, maintainer] = [await newMember('admin'), await newMember('maintainer')]
  const before = await state()
  for (const [one, others] of [
    [admin, [olga, maintainer]],
    [maintainer, [olga, admin]],
  ] as const)
    for (const { id } of others) refused(t, await one.send('DELETE', `${path}/members/${id}`), 403, tooLow)
  t.strictSame(await state(), before)
})

t.test('a member who accepts an invitation to a higher role keeps their own', async t => {
  const { olga, organizationId, invite, newMember } = await organizationWorld(t)
  const member = await newMember('billing')
  for (const role of ['admin', 'owner']) {
    const { token } = await invite(olga, organizationId, member.email, role)
    const answer = expected(await member.accept(token), 200)
    t.strictSame(await rolesOf(member), ['billing'])
    const me = (await member.send('GET', `/organizations/${organizationId}/members`)).json()
    t.equal(me.code, tooLow, answer.body)
  }
})

t.test('an admin who has invited themselves is not an admin again after a demotion or a removal', async t => {
  const { olga, organizationId, path, invite, newMember } = await organizationWorld(t)
  for (const end of ['PATCH', 'DELETE'] as const) {
    const admin = await newMember('admin')
    const { token } = await invite(admin, organizationId, admin.email, 'admin')
    const change = end === 'PATCH' ? { role: 'member' } : undefined
    t.match(await olga.send(end, `${path}/members/${admin.id}`, change), { statusCode: /^20[04]$/ })
    expected(await admin.refresh(), 200)
    refused(t, await admin.accept(token), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
    t.strictSame(await rolesOf(admin), end === 'PATCH' ? ['member'] : [])
  }
})

/** What is no role. JSON has no other way to write `__proto__` as a key. */
const noRoles: readonly unknown[] = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'like', 'OWNER', 'Owner', 'owner '],
  ...[' owner', 'owner\u0000', 'admin\n', '\uff4fwner', 'member,owner', '*', '', 'x'.repeat(41)],
  ...[null, true, 3, ['owner'], ['member', 'owner'], [], {}, { like: 'owner' }, { toString: 'owner' }],
]

t.test('only a role of the application is a role, not a property of objects, a list or an object', async t => {
  const { olga, path, newMember, state } = await organizationWorld(t)
  const member = await newMember()
  const before = await state()
  for (const role of noRoles) {
    const invited = await olga.send('POST', `${path}/invitations`, { email: 'x@example.com', role })
    refused(t, invited, 400, 'FST_ERR_VALIDATION')
    refused(t, await olga.send('PATCH', `${path}/members/${member.id}`, { role }), 400, 'FST_ERR_VALIDATION')
  }
  t.strictSame(await state(), before)
})

t.test('a body names nothing but what the operation takes', async t => {
  const { olga, organizationId, path, newMember, state, app } = await organizationWorld(t)
  const member = await newMember()
  const before = await state()
  const extras = {
    userId: olga.id,
    organizationId,
    invitedBy: olga.id,
    hash: 'x',
    token: 'x',
    kind: 'personal',
    id: 'x',
  }
  for (const [field, value] of Object.entries(extras)) {
    for (const [method, place, body] of [
      ['POST', `${path}/invitations`, { email: 'x@example.com', role: 'member' }],
      ['PATCH', `${path}/members/${member.id}`, { role: 'admin' }],
      ['PATCH', path, { name: 'Engines' }],
      ['POST', '/organizations', { name: 'Engines' }],
    ] as const)
      refused(t, await olga.send(method, place, { ...body, [field]: value }), 400, 'FST_ERR_VALIDATION')
  }
  const polluting = await app.inject({
    method: 'PATCH',
    url: `/auth${path}/members/${member.id}`,
    headers: { authorization: `Bearer ${olga.accessToken}`, 'content-type': 'application/json' },
    payload: '{"role":"member","__proto__":{"role":"owner"}}',
  })
  t.equal(polluting.statusCode, 400)
  t.strictSame(await state(), before)
})

t.test(
  'an own role may have the name of a property of objects, and gives nothing to applications without it',
  async t => {
    const roles = { constructor: { like: 'member' }, valueof: { like: 'admin' } } as const
    const { path, newMember, storage } = await organizationWorld(t, { options: { organizations: { roles } } })
    const [member, admin] = [await newMember('constructor'), await newMember('valueof')]
    refused(t, await member.send('GET', `${path}/members`), 403, tooLow)
    t.equal((await admin.send('GET', `${path}/members`)).statusCode, 200)
    const options = { storage: { ...storage, close: async () => {} }, organizations: {} }
    const without = await testApplication(t, { mail: true, options })
    for (const { accessToken } of [member, admin]) {
      const headers = bearer(accessToken)
      refused(t, await without.app.inject({ url: `/auth${path}/members`, headers }), 403, tooLow)
      t.equal((await without.app.inject({ url: `/auth${path}`, headers })).statusCode, 200, 'both are like a member')
    }
  },
)
