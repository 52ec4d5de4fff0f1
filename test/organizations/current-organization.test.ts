import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bearer } from '../support/account.js'
import { claimsOf } from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { organizationApplication, type Person, teamApplication } from './fixtures/organization-application.js'

const introspect = async (by: Person, token: string | undefined) =>
  (await by.send('POST', '/tokens/introspect', { token })).json()

t.test('tokens are introspected with the organisation of the session', async t => {
  const { ada, ben, id } = await teamApplication(t)
  const organization = { id, role: 'admin' }
  t.strictSame((await introspect(ben, ben.accessToken)).organization, organization)
  t.strictSame((await introspect(ben, ben.refreshToken)).organization, organization)
  t.equal((await introspect(ada, ada.accessToken)).organization, null)
  t.equal((await introspect(ada, ada.refreshToken)).organization, null)
})

t.test('an access token with a former role is inactive, even if this process has not heard of the change', async t => {
  const storage = memoryStorage()
  const { ada, ben, id } = await teamApplication(t, { options: { storage } })
  const actor = { userId: ada.id, atLeast: 'owner', ownRoles: {} } as const
  const now = Date.UTC(2026, 0, 1, 12)
  await storage.memberships.changeRole({ organizationId: id, userId: ben.id, role: 'member', actor, now })
  t.strictSame(await introspect(ben, ben.accessToken), { active: false })
  t.strictSame((await introspect(ben, ben.refreshToken)).organization, { id, role: 'member' })
})

t.test('in strict mode an access token with a former role is expired immediately', async t => {
  const storage = memoryStorage()
  const { ada, ben, refresh, id } = await teamApplication(t, { options: { storage, revocation: 'strict' } })
  const actor = { userId: ada.id, atLeast: 'owner', ownRoles: {} } as const
  const now = Date.UTC(2026, 0, 1, 12)
  t.equal((await ben.send('GET', '/me')).statusCode, 200)
  await storage.memberships.changeRole({ organizationId: id, userId: ben.id, role: 'member', actor, now })
  refused(t, await ben.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  const later = await refresh(ben)
  t.strictSame((await later.send('GET', '/me')).json().organization, { id, role: 'member' })
  await storage.memberships.end({ organizationId: id, userId: ben.id, actor, now })
  refused(t, await later.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.equal((await refresh(later)).session.organization, null)
})

t.test('with revocation none this process still refuses the former role', async t => {
  const { ada, ben, refresh, path, id } = await teamApplication(t, { options: { revocation: 'none' } })
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
  refused(t, await ben.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.strictSame((await refresh(ben)).session.organization, { id, role: 'member' })
})

t.test('with revocation none a token of another process keeps its role until it expires', async t => {
  const storage = memoryStorage()
  const { ada, ben, id, advance } = await teamApplication(t, { options: { storage, revocation: 'none' } })
  const actor = { userId: ada.id, atLeast: 'owner', ownRoles: {} } as const
  const now = Date.UTC(2026, 0, 1, 12)
  await storage.memberships.changeRole({ organizationId: id, userId: ben.id, role: 'member', actor, now })
  t.equal((await ben.send('GET', '/me')).json().organization.role, 'admin')
  advance(900)
  refused(t, await ben.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(`in the token mode ${tokenMode} a token with a former role has the present one`, async t => {
    const { ada, ben, path, id } = await teamApplication(t, { options: { tokenMode } })
    t.strictSame((await introspect(ben, ben.accessToken)).organization, { id, role: 'admin' })
    await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
    t.strictSame((await ben.send('GET', '/me')).json().organization, { id, role: 'member' })
    t.strictSame((await introspect(ben, ben.accessToken)).organization, { id, role: 'member' })
    await ada.send('DELETE', `${path}/members/${ben.id}`)
    t.equal((await ben.send('GET', '/me')).json().organization, null)
  })
}

t.test('in the token mode sliding a token with a former role is exchanged for one with the new role', async t => {
  const { ada, ben, post, path, id } = await teamApplication(t, { options: { tokenMode: 'sliding' } })
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
  const renewed = await post('/refresh', undefined, bearer(ben.accessToken))
  t.equal(renewed.statusCode, 200)
  t.hasStrict(claimsOf(renewed.json().accessToken), { org: id, org_role: 'member' })
})

t.test(
  'with revokePreviousAccessToken a switch ends the former token, and a refresh keeps the organisation',
  async t => {
    const { ada, refresh, switchTo, id } = await teamApplication(t, { options: { revokePreviousAccessToken: true } })
    const here = await switchTo(ada, id)
    const later = await refresh(here)
    refused(t, await here.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
    t.strictSame((await later.send('GET', '/me')).json().organization, { id, role: 'owner' })
  },
)

t.test('the tokens of a session that acts in none have no claims of an organisation', async t => {
  const { ada, refresh } = await organizationApplication(t)
  for (const one of [ada, await refresh(ada)])
    t.strictSame(
      Object.keys(claimsOf(one.accessToken)).filter(name => name.startsWith('org')),
      [],
    )
})
