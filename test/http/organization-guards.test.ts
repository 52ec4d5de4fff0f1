import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import {
  bodyOf,
  type OrganizationSettings,
  type Person,
  teamApplication,
} from '../organizations/fixtures/organization-application.js'
import { bearer } from '../support/account.js'
import { codesOf, openapiDocument, operationOf } from '../support/openapi-document.js'
import { parkRequest } from '../support/parked-request.js'
import { noon } from '../support/protected-application.js'
import { testApplication } from '../support/test-application.js'

const roles = { maintainer: { like: 'admin' }, billing: { like: 'member' } } as const
const handler = async ({ user }: FastifyRequest) => ({ organization: user?.organization ?? null })

function addRoutes(app: FastifyInstance): void {
  const { authenticate, authenticateOptional, requireOrganization, requireRole, requireSession } = app.fastAuth
  app.get('/here', { onRequest: requireOrganization() }, handler)
  app.get('/:organizationId/there', { onRequest: requireOrganization() }, handler)
  for (const role of ['owner', 'admin', 'member', 'maintainer', 'billing']) {
    app.get(`/${role}`, { onRequest: requireRole(role) }, handler)
    app.get(`/:organizationId/${role}`, { onRequest: requireRole(role) }, handler)
  }
  const several = [requireOrganization(), requireRole('member'), authenticate]
  app.get(
    '/:organizationId/several',
    { onRequest: several, preHandler: [authenticateOptional, requireSession] },
    handler,
  )
  app.get('/:organizationId/before', { onRequest: [authenticate, requireRole('member')] }, handler)
  app.post('/:organizationId/plan', { onRequest: [authenticate, requireRole('admin'), authenticate] }, handler)
  app.post('/plan', { onRequest: requireRole('admin') }, handler)
}

/** A team with guarded routes of the host. */
async function guardedTeam(t: Test, settings: OrganizationSettings = {}) {
  const team = await teamApplication(t, { organizations: { roles }, after: addRoutes, ...settings })
  const get = async (one: Pick<Person, 'inject'>, url: string) => {
    const answer = await one.inject(url)
    return answer.statusCode === 200 ? answer.json().organization : answer.json().code
  }
  return { ...team, get }
}

t.test('without a parameter, it is the organisation of the session, at no storage call', async t => {
  const { ada, ben, switchTo, get, id, asked } = await guardedTeam(t)
  asked()
  t.strictSame(await get(ben, '/here'), { id, role: 'admin' })
  t.equal(await get(ada, '/here'), 'FAST_AUTH_ORGANIZATION_REQUIRED')
  t.equal(await get(ada, '/member'), 'FAST_AUTH_ORGANIZATION_REQUIRED')
  t.strictSame(asked(), [])
  t.strictSame(await get(await switchTo(ada, id), '/here'), { id, role: 'owner' })
})

t.test('with the parameter, it is the organisation of the path', async t => {
  const { app, ada, ben, stranger, found, get, id, asked } = await guardedTeam(t)
  const other = await found(ben, 'Looms')
  asked()
  t.strictSame(await get(ben, `/${id.toUpperCase()}/there`), { id, role: 'admin' })
  t.strictSame(asked(), [], 'that of the session needs no storage call')
  t.strictSame(await get(ben, `/${other.id.toUpperCase()}/there`), { id: other.id, role: 'owner' })
  t.strictSame(await get(ada, `/${id}/there`), { id, role: 'owner' })
  t.strictSame(asked(), ['organizations.find', 'organizations.find'])
  for (const named of [id, other.id, randomUUID(), 'x', '__proto__'])
    t.equal(await get(stranger, `/${named}/there`), 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  t.equal((await app.inject(`/${id}/there`)).json().code, 'FAST_AUTH_UNAUTHENTICATED')
  t.equal((await app.inject('/here')).json().code, 'FAST_AUTH_UNAUTHENTICATED')
})

t.test('a role suffices for what it may do, and the own roles are like others', async t => {
  const { ada, ben, cyd, member, switchTo, get, id, events } = await guardedTeam(t)
  const dan = await member(ada, id, 'dan@example.com', 'maintainer')
  const fay = await member(ada, id, 'fay@example.com', 'billing')
  const here = await switchTo(ada, id)
  const admitted = ['owner', 'admin', 'member', 'maintainer', 'billing']
  const allowed: readonly (readonly [Person, readonly string[]])[] = [
    [here, admitted],
    [ben, ['admin', 'member', 'billing']],
    [dan, ['admin', 'member', 'maintainer', 'billing']],
    [cyd, ['member']],
    [fay, ['member', 'billing']],
  ]
  events.length = 0
  for (const [one, names] of allowed) {
    for (const place of ['', `/${id}`]) {
      for (const role of admitted) {
        const answer = await get(one, `${place}/${role}`)
        if (names.includes(role)) t.equal(answer.id, id)
        else t.equal(answer, 'FAST_AUTH_ROLE_REQUIRED')
      }
    }
  }
  t.ok(events.some(event => event.name === 'authz_fail' && event.reason === 'role_required'))
})

t.test('the events of refusals name their user', async t => {
  const { ben, stranger, get, id, events } = await guardedTeam(t)
  events.length = 0
  await get(stranger, `/${id}/there`)
  await get(stranger, '/here')
  await get(ben, `/${id}/owner`)
  await ben.send('DELETE', `/organizations/${id}`)
  await stranger.send('PATCH', `/organizations/${id}`, { name: 'Looms' })
  t.strictSame(
    events.map(({ name, reason, userId }) => [name, reason, userId]),
    [
      ['authz_fail', 'organization_not_found', stranger.user.id],
      ['authz_fail', 'organization_required', stranger.user.id],
      ['authz_fail', 'role_required', ben.user.id],
    ],
    'once a minute for each reason, user and network',
  )
})

t.test('of several guards, none replaces the organisation of the path', async t => {
  const { ben, found, get, id } = await guardedTeam(t)
  const other = await found(ben, 'Looms')
  for (const route of ['several', 'before']) {
    t.strictSame(await get(ben, `/${other.id}/${route}`), { id: other.id, role: 'owner' }, route)
    t.strictSame(await get(ben, `/${id}/${route}`), { id, role: 'admin' }, route)
  }
})

t.test('an API key acts in its own organisation alone', async t => {
  const { app, ben, found, id } = await guardedTeam(t)
  const other = await found(ben, 'Looms')
  const make = async (body: object) =>
    bodyOf<{ key: string }>(await ben.send('POST', '/api-keys', { name: 'deploy', ...body }), 201).key
  const [bound, free] = [await make({ organizationId: id }), await make({})]
  const code = async (key: string, url: string) => {
    const answer = await app.inject({ url, headers: bearer(key) })
    return answer.statusCode === 200 ? answer.json().organization.role : answer.json().code
  }
  t.equal(await code(bound, '/here'), 'admin')
  t.equal(await code(bound, `/${id}/admin`), 'admin')
  t.equal(await code(bound, '/owner'), 'FAST_AUTH_ROLE_REQUIRED')
  t.equal(await code(bound, `/${other.id}/there`), 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  t.equal(await code(free, '/here'), 'FAST_AUTH_ORGANIZATION_REQUIRED')
  t.equal(await code(free, `/${id}/there`), 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
})

for (const revocation of ['feed', 'strict'] as const) {
  t.test(`a role that is lowered while a body is on its way reaches no handler (${revocation})`, async t => {
    const { app, ada, ben, id, path } = await guardedTeam(t, { options: { revocation } })
    const headers = bearer(ben.accessToken)
    const urls = ['/plan', `/${id}/plan`]
    const parked = await Promise.all(
      urls.map(url => parkRequest(t, app, { method: 'POST', url, headers, payload: { note: 'late' } })),
    )
    await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
    for (const request of parked)
      t.strictSame(await request.finish(), { statusCode: 401, code: 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' })
  })
}

t.test('so does one that is lowered in an organisation in which the session does not act', async t => {
  const { app, ada, ben, switchTo, id, path } = await guardedTeam(t)
  const elsewhere = await switchTo(ben, null)
  const request = { method: 'POST', url: `/${id}/plan`, headers: bearer(elsewhere.accessToken), payload: {} }
  const lowered = await parkRequest(t, app, request)
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
  t.strictSame(await lowered.finish(), { statusCode: 403, code: 'FAST_AUTH_ROLE_REQUIRED' })
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'admin' })
  const removed = await parkRequest(t, app, request)
  await ada.send('DELETE', `${path}/members/${ben.id}`)
  t.strictSame(await removed.finish(), { statusCode: 404, code: 'FAST_AUTH_ORGANIZATION_NOT_FOUND' })
})

t.test('the handler sees the role as it is after the body', async t => {
  const { app, ada, ben, switchTo, id, path } = await guardedTeam(t)
  const elsewhere = await switchTo(ben, null)
  const headers = bearer(elsewhere.accessToken)
  const answer = await app.inject({ method: 'POST', url: `/${id}/plan`, headers, payload: { note: 'in time' } })
  t.strictSame(answer.json().organization, { id, role: 'admin' })
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'owner' })
  const later = await app.inject({ method: 'POST', url: `/${id}/plan`, headers, payload: {} })
  t.strictSame(later.json().organization, { id, role: 'owner' })
})

t.test('in strict mode the guards ask the storage for the session', async t => {
  const storage = memoryStorage()
  const { ada, ben, get, id } = await guardedTeam(t, { options: { storage, revocation: 'strict' } })
  t.strictSame(await get(ben, '/admin'), { id, role: 'admin' })
  t.strictSame(await get(ada, `/${id}/owner`), { id, role: 'owner' })
  t.equal(await get(ada, '/owner'), 'FAST_AUTH_ORGANIZATION_REQUIRED')
  const actor = { userId: ada.id, atLeast: 'owner', ownRoles: {} } as const
  await storage.memberships.changeRole({ organizationId: id, userId: ben.id, role: 'member', actor, now: noon })
  t.equal(await get(ben, '/admin'), 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('a session that lacks a required second factor passes neither', async t => {
  const { ben, get, id } = await guardedTeam(t, { organizations: { roles }, options: { secondFactor: 'offered' } })
  t.strictSame(await get(ben, `/${id}/admin`), { id, role: 'admin' })
  const { app, post } = await testApplication(t, {
    mail: true,
    options: { organizations: { roles, personal: true }, secondFactor: 'required' },
    after: addRoutes,
  })
  const body = { email: 'dan@example.com', password: ben.password, transport: 'token' }
  const { accessToken } = (await post('/sign-up', body)).json()
  const answer = await app.inject({ url: '/here', headers: bearer(accessToken) })
  t.equal(answer.json().code, 'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED')
})

t.test('the guards are in the OpenAPI document of the host', async t => {
  const email = { from: 'accounts@example.com', sender: { send: async () => {} } }
  const { document } = await openapiDocument(t, {
    options: { organizations: {}, email } as unknown as Partial<FastAuthOptions>,
    routes(app) {
      const { requireOrganization, requireRole } = app.fastAuth
      app.get('/plan', { onRequest: requireOrganization() }, handler)
      app.get('/:organizationId/plan', { onRequest: requireOrganization() }, handler)
      app.post('/plan', { onRequest: requireRole('admin') }, handler)
      app.post('/:organizationId/plan', { onRequest: requireRole('admin') }, handler)
      app.get('/:organizationId/open', { onRequest: app.fastAuth.authenticate }, handler)
    },
  })
  const codes = (method: string, path: string, status: number) => codesOf(operationOf(document, method, path), status)
  const crossSite = 'FAST_AUTH_CROSS_SITE_REQUEST'
  t.strictSame(codes('GET', '/plan', 403), ['FAST_AUTH_ORGANIZATION_REQUIRED'])
  t.equal(codes('GET', '/plan', 404), undefined)
  t.equal(codes('GET', '/{organizationId}/plan', 403), undefined)
  t.strictSame(codes('GET', '/{organizationId}/plan', 404), ['FAST_AUTH_ORGANIZATION_NOT_FOUND'])
  const required = [crossSite, 'FAST_AUTH_ORGANIZATION_REQUIRED', 'FAST_AUTH_ROLE_REQUIRED']
  t.strictSame(codes('POST', '/plan', 403), required)
  t.strictSame(codes('POST', '/{organizationId}/plan', 403), [crossSite, 'FAST_AUTH_ROLE_REQUIRED'])
  t.equal(codes('GET', '/{organizationId}/open', 404), undefined)
  const security = [{ accessCookie: [] }, { accessToken: [] }, { apiKey: [] }]
  t.same(operationOf(document, 'POST', '/plan').security, security)
})

t.test('without the option, and with an unknown role, the application does not start', async t => {
  const { app } = await testApplication(t)
  const code = 'FAST_AUTH_OPTION_INVALID'
  const needs = (guard: string) => ({ code, message: `${guard} of fast-auth needs the option "organizations"` })
  t.throws(() => app.fastAuth.requireOrganization(), needs('requireOrganization'))
  t.throws(() => app.fastAuth.requireRole('admin'), needs('requireRole'))
  const { app: team } = await guardedTeam(t)
  const message = 'requireRole of fast-auth needs one of the roles owner, admin, member, maintainer, billing'
  for (const role of ['editor', 'Admin', '', 'toString', '__proto__'])
    t.throws(() => team.fastAuth.requireRole(role), { code, message })
  const several: (...roles: string[]) => unknown = team.fastAuth.requireRole
  t.throws(() => several('admin', 'billing'), { code, message })
})
