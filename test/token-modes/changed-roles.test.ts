import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const password = 'correct horse battery'

/** The routes are the application's: only the status and the code are ours. */
function hasCode(t: Test, answer: LightMyRequestResponse, status: number, code: string): void {
  t.strictSame([answer.statusCode, answer.json().code], [status, code])
}

/** Makes an organisation with an owner and an admin. The session of the admin acts in it. */
async function organizationOf(t: Test, options: Partial<FastAuthOptions>) {
  const parts = await testApplication(t, {
    mail: true,
    options: { organizations: {}, transport: 'token', ...options },
    after: app => {
      app.get('/user', { onRequest: app.fastAuth.requireOrganization() }, async ({ user }) => ({ ...user }))
      app.get('/admins', { onRequest: app.fastAuth.requireRole('admin') }, async () => 'admitted')
    },
  })
  const { app, post, tokenTo } = parts
  const owner = (await post('/sign-up', { email: 'ada@example.com', password })).json()
  const { id } = (await post('/organizations', { name: 'Engines' }, bearer(owner.accessToken))).json()
  const invitation = { email: 'grace@example.com', role: 'admin' }
  await post(`/organizations/${id}/invitations`, invitation, bearer(owner.accessToken))
  const invitationToken = await tokenTo('grace@example.com', 'invitation')
  const admin = (await post('/sign-up', { email: 'grace@example.com', password, invitationToken })).json()
  const member = `/auth/organizations/${id}/members/${admin.user.id}`
  const demote = () =>
    app.inject({ method: 'PATCH', url: member, payload: { role: 'member' }, headers: bearer(owner.accessToken) })
  const get = (url: string, accessToken: string) => app.inject({ url, headers: bearer(accessToken) })
  return { ...parts, id, admin, demote, get }
}

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(`in token mode ${tokenMode}, a demotion counts at the next request, and signs no one out`, async t => {
    const { id, admin, demote, get, calls } = await organizationOf(t, { tokenMode })
    t.equal((await get('/admins', admin.accessToken)).statusCode, 200)
    await demote()
    hasCode(t, await get('/admins', admin.accessToken), 403, 'FAST_AUTH_ROLE_REQUIRED')
    calls.length = 0
    t.strictSame((await get('/user', admin.accessToken)).json().organization, { id, role: 'member' })
    t.strictSame(calls, ['sessions.find'])
  })

  t.test(`in token mode ${tokenMode}, the option claims is asked again after a demotion`, async t => {
    const { admin, demote, get } = await organizationOf(t, {
      tokenMode,
      claims: ({ organization }) => ({ may: organization?.role === 'admin' ? 'write' : 'read' }),
    })
    t.strictSame((await get('/user', admin.accessToken)).json().claims, { may: 'write' })
    await demote()
    t.strictSame((await get('/user', admin.accessToken)).json().claims, { may: 'read' })
  })

  t.test(`in token mode ${tokenMode}, strict revocation has the present role too`, async t => {
    const { admin, demote, get } = await organizationOf(t, { tokenMode, revocation: 'strict' })
    await demote()
    hasCode(t, await get('/admins', admin.accessToken), 403, 'FAST_AUTH_ROLE_REQUIRED')
    t.equal((await get('/user', admin.accessToken)).json().organization.role, 'member')
  })

  t.test(`in token mode ${tokenMode}, a deleted account is refused after a demotion`, async t => {
    const { app, admin, demote, get } = await organizationOf(t, { tokenMode, claims: () => ({}) })
    await demote()
    await app.fastAuth.deleteUser(admin.user.id)
    hasCode(t, await get('/user', admin.accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
  })
}

t.test('in token mode sliding, a token with a former role is exchanged for one with the present role', async t => {
  const { id, admin, demote, get, post, calls } = await organizationOf(t, { tokenMode: 'sliding' })
  await demote()
  const exchanged = await post('/refresh', {}, bearer(admin.accessToken))
  t.equal(exchanged.statusCode, 200)
  t.strictSame(exchanged.json().session.organization, { id, role: 'member' })
  calls.length = 0
  t.equal((await get('/user', exchanged.json().accessToken)).json().organization.role, 'member')
  t.strictSame(calls, [], 'the new token needs no storage call')
})

t.test(
  'in token mode pair, a token with a former role is refused as expired, and a refresh has the present role',
  async t => {
    const { id, admin, demote, get, post, calls } = await organizationOf(t, {})
    await demote()
    calls.length = 0
    hasCode(t, await get('/user', admin.accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
    t.strictSame(calls, [])
    const { refreshToken } = admin
    const refreshed = (await post('/refresh', { refreshToken })).json()
    t.strictSame(refreshed.session.organization, { id, role: 'member' })
    t.equal((await get('/user', refreshed.accessToken)).statusCode, 200)
  },
)
