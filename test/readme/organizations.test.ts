import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance, InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { addMember, type SignedInUser, signInUser, signUpUser } from '../../lib/testing/index.js'
import { organizationErrorCodes } from '../../schemas/organizations/error-codes.js'
import { bearer } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { claimsOf } from '../support/passkey-application.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { withRefreshToken } from '../support/with-refresh-token.js'
import { block, table } from './readme.js'

const file = 'docs/organizations.md'

/** Inside the package, so that `fast-auth` in an import is this package. */
const folder = mkdtempSync(resolve('dist', 'organizations-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

t.test('the documented application invites a new user, and asks for roles', async t => {
  setEnvironment(t, { AUTH_SECRET: secret })
  writeFileSync(`${folder}/app.js`, block('server', file))
  writeFileSync(`${folder}/testing.js`, block('testing', file))
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${folder}/app.js`).href)
  t.teardown(() => app.close())
  await t.resolves(import(pathToFileURL(`${folder}/testing.js`).href))
})

const { requirePermission } = await (async () => {
  writeFileSync(`${folder}/permissions.mjs`, block('permissions', file))
  return import(pathToFileURL(`${folder}/permissions.mjs`).href)
})()

interface Settings {
  readonly organizations?: FastAuthOptions['organizations']
  readonly options?: Partial<FastAuthOptions>
}

/** An application with guarded routes, in which Ada owns an organisation. */
async function withOrganization(t: Test, { organizations = {}, options = {} }: Settings = {}) {
  const application = await testApplication(t, {
    mail: true,
    options: { organizations, ...options },
    after(app) {
      const { requireOrganization, requireRole } = app.fastAuth
      const organization = async ({ user }: { user: { organization?: unknown } | null }) => user?.organization
      app.get('/current', { onRequest: requireOrganization() }, organization)
      app.get('/of/:organizationId', { onRequest: requireOrganization() }, organization)
      app.get('/admins/of/:organizationId', { onRequest: requireRole('admin') }, organization)
      app.get('/pay', { onRequest: [requireOrganization(), requirePermission('invoices:pay')] }, async () => 'paid')
    },
  })
  const { app, mailbox } = application
  const send = (user: SignedInUser, method: InjectOptions['method'], path: string, payload?: object) =>
    user.inject({
      ...{ method, url: `/auth${path}` },
      ...(payload && { payload: withRefreshToken(path, Reflect.get(user, 'refreshToken'), payload) }),
    } as InjectOptions)
  const ada = await signUpUser(app, { email: 'ada@example.com' })
  const { id }: { id: string } = (await send(ada, 'POST', '/organizations', { name: 'Engines' })).json()
  const member = (by: SignedInUser, organizationId: string, email: string, role: string) =>
    addMember(app, { organizationId, by, mailbox, email, role })
  return { ...application, send, member, ada, id }
}

type Organization = Awaited<ReturnType<typeof withOrganization>>

/** The requests of the table of roles, each in an organisation of its own. */
const deeds: Readonly<Record<string, (world: Organization, user: SignedInUser) => ReturnType<SignedInUser['inject']>>> =
  {
    getOrganization: ({ send, id }, user) => send(user, 'GET', `/organizations/${id}`),
    switchOrganization: ({ send, id }, user) => send(user, 'POST', '/organizations/current', { organizationId: id }),
    'createApiKey with organizationId': ({ send, id }, user) =>
      send(user, 'POST', '/api-keys', { name: 'deploy', organizationId: id }),
    'removeMember, oneself': ({ send, id }, user) =>
      send(user, 'DELETE', `/organizations/${id}/members/${user.user.id}`),
    "listMembers with memberList: 'member'": ({ send, id }, user) => send(user, 'GET', `/organizations/${id}/members`),
    listMembers: ({ send, id }, user) => send(user, 'GET', `/organizations/${id}/members`),
    updateOrganization: ({ send, id }, user) => send(user, 'PATCH', `/organizations/${id}`, { name: 'Machines' }),
    listInvitations: ({ send, id }, user) => send(user, 'GET', `/organizations/${id}/invitations`),
    async revokeInvitation({ send, ada, id }, user) {
      const payload = { email: 'new@example.com', role: 'member' }
      const invitation = (await send(ada, 'POST', `/organizations/${id}/invitations`, payload)).json()
      return send(user, 'DELETE', `/organizations/${id}/invitations/${invitation.id}`)
    },
    async changeMemberRole({ send, member, ada, id }, user) {
      const other = await member(ada, id, 'other@example.com', 'member')
      return send(user, 'PATCH', `/organizations/${id}/members/${other.user.id}`, { role: 'admin' })
    },
    deleteOrganization: ({ send, id }, user) => send(user, 'DELETE', `/organizations/${id}`),
    ...Object.fromEntries(
      ['member', 'admin', 'owner'].flatMap(role => [
        [
          `inviteMember as ${role}`,
          ({ send, id }: Organization, user: SignedInUser) =>
            send(user, 'POST', `/organizations/${id}/invitations`, { email: 'new@example.com', role }),
        ],
        [
          `removeMember, ${role === 'member' ? 'a' : 'an'} ${role}`,
          async ({ send, member, ada, id }: Organization, user: SignedInUser) => {
            const other = await member(ada, id, 'other@example.com', role)
            return send(user, 'DELETE', `/organizations/${id}/members/${other.user.id}`)
          },
        ],
      ]),
    ),
  }

t.test('each role may do on the routes what the table says', async t => {
  const rows = table('what roles may', file)
  t.same(rows.map(([deed]) => deed).sort(), Object.keys(deeds).sort())
  for (const [name = '', ...cells] of rows) {
    for (const [index, role] of ['member', 'admin', 'owner'].entries()) {
      const memberList = name.includes('memberList') ? 'member' : 'admin'
      const world = await withOrganization(t, { organizations: { memberList } })
      const user = await world.member(world.ada, world.id, 'grace@example.com', role)
      const answer = await deeds[name]?.(world, user)
      const isAllowed = (answer?.statusCode ?? 0) < 300
      t.equal(isAllowed ? 'yes' : 'no', cells[index], `${name} as ${role}: ${answer?.statusCode}`)
      if (!isAllowed) t.hasStrict(answer?.json(), { statusCode: 403, code: 'FAST_AUTH_ROLE_REQUIRED' })
    }
  }
})

t.test('the guards answer what the table says', async t => {
  const { app, send, member, ada, id } = await withOrganization(t)
  const keyOf = async (organizationId?: string) => {
    const { key } = (await send(ada, 'POST', '/api-keys', { name: 'deploy', organizationId })).json()
    return { inject: (url: string) => app.inject({ url, headers: bearer(key) }) }
  }
  const other = (await send(ada, 'POST', '/organizations', { name: 'Other' })).json().id
  const [grace, eve] = [await member(ada, id, 'grace@example.com', 'member'), await signUpUser(app)]
  const answers = {
    'has :organizationId, of a member': [await ada.inject(`/of/${id}`), await ada.inject(`/of/${other}`)],
    'has :organizationId, of any other user': [await eve.inject(`/of/${id}`), await grace.inject(`/of/${other}`)],
    'has no :organizationId, of a session with a current organisation': [await grace.inject('/current')],
    'has no :organizationId, of a session without one': [await ada.inject('/current')],
    'has :organizationId, with an API key of another organisation, or of none': [
      await (await keyOf(other)).inject(`/of/${id}`),
      await (await keyOf()).inject(`/of/${id}`),
    ],
    'has no :organizationId, with an API key of none': [await (await keyOf()).inject('/current')],
  }
  const says = (answer: { statusCode: number; json(): { code?: string } }) =>
    answer.statusCode === 200 ? 'passes' : `${answer.statusCode} ${answer.json().code}`
  const documented = table('guards', file).map(([route, request, answer = '']) => [
    `${route}, ${request}`,
    answer.split(',')[0],
  ])
  t.same(
    Object.fromEntries(documented),
    Object.fromEntries(
      Object.entries(answers).map(([kind, given]) => {
        t.equal(new Set(given.map(says)).size, 1, kind)
        return [kind, says(given[0] as (typeof given)[number])]
      }),
    ),
  )
})

t.test('the documented permissions are asked for, and a role that they do not have counts as member', async t => {
  const roles = { billing: { like: 'member' }, unknown: { like: 'admin' } } as const
  const { ada, id, member } = await withOrganization(t, { organizations: { roles } })
  const statuses = new Map<string, number>()
  for (const role of ['owner', 'admin', 'billing', 'member', 'unknown']) {
    const user = await member(ada, id, `${role}@example.com`, role)
    statuses.set(role, (await user.inject('/pay')).statusCode)
  }
  const expected = { owner: 200, admin: 403, billing: 200, member: 403, unknown: 403 }
  t.same(Object.fromEntries(statuses), expected)
})

t.test('the documented claims follow the organisation', async t => {
  const { claims } = new Function(`return { ${block('claims', file)} }`)()
  const { send, ada, id, post } = await withOrganization(t, { options: { claims } })
  const switchTo = async (organizationId: string | null) =>
    claimsOf((await send(ada, 'POST', '/organizations/current', { organizationId })).json().accessToken)
  t.hasStrict(await switchTo(id), { org: id, org_role: 'owner', mayPay: false })
  const again = (await post('/sign-in', { email: ada.email, password: ada.password, transport: 'token' })).json()
  t.notOk('org' in claimsOf(again.accessToken), 'a new session acts in none')
})

t.test('the documented template makes the message', async t => {
  const { messages } = new Function('escapeHtml', `return { ${block('template', file)} }`)((text: string) =>
    text.replaceAll('<', '&lt;'),
  )
  const { app, mailbox } = await testApplication(t, { mail: { messages }, options: { organizations: {} } })
  const ada = await signUpUser(app, { email: 'ada@example.com' })
  const created = await ada.inject({ method: 'POST', url: '/auth/organizations', payload: { name: '<b>Engines' } })
  const url = `/auth/organizations/${created.json().id}/invitations`
  await ada.inject({ method: 'POST', url, payload: { email: 'grace@example.com', role: 'admin' } })
  const { subject, text, html } = await mailbox.waitForMessage('grace@example.com')
  t.equal(subject, 'Join <b>Engines')
  t.match(text, /^You are invited as admin: https:\/\/app\.example\.com\/auth\/invitations\/accept#token=[\w-]{43}$/)
  t.match(html, 'to &lt;b>Engines: <a href=')
})

t.test('a session begins in the documented organisation', async t => {
  for (const personal of [false, true]) {
    const { app, ada, id, member } = await withOrganization(t, { organizations: { personal } })
    const currentOf = async (user: SignedInUser) => (await user.inject('/auth/me')).json().organization
    const own = (await ada.inject('/auth/organizations')).json().items
    const [kept] = own.filter(({ kind }: { kind: string }) => kind === 'personal')
    t.same(await currentOf(ada), personal ? { id: kept.id, role: 'owner' } : null)
    t.same(await currentOf(await signInUser(app, ada)), null)
    t.same(await currentOf(await member(ada, id, 'grace@example.com', 'admin')), { id, role: 'admin' })
  }
})

for (const tokenMode of ['pair', 'sliding', 'access-only'] as const) {
  t.test(`with ${tokenMode}, a changed role signs no user out`, async t => {
    const { send, ada, id, member, post, app } = await withOrganization(t, { options: { tokenMode } })
    const grace = await member(ada, id, 'grace@example.com', 'admin')
    await send(ada, 'PATCH', `/organizations/${id}/members/${grace.user.id}`, { role: 'member' })
    const current = await grace.inject('/current')
    if (tokenMode !== 'pair') {
      t.same(current.json(), { id, role: 'member' })
    } else {
      t.equal(current.json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
      const { accessToken } = (await post('/refresh', { refreshToken: grace.refreshToken })).json()
      t.same((await app.inject({ url: '/current', headers: bearer(accessToken) })).json(), { id, role: 'member' })
    }
  })
}

t.test('the only owner of a shared organisation is not deleted, and that of a personal one is', async t => {
  const { app, send, ada, id } = await withOrganization(t, { organizations: { personal: true } })
  const refused = await send(ada, 'DELETE', '/me', { password: ada.password })
  t.hasStrict(refused.json(), { statusCode: 409, code: 'FAST_AUTH_LAST_OWNER' })
  t.same(await app.fastAuth.deleteUser(ada.user.id), { outcome: 'lastOwner', organizationIds: [id] })
  writeFileSync(`${folder}/administration.mjs`, block('administration', file))
  const { deleteWithOrganizations } = await import(pathToFileURL(`${folder}/administration.mjs`).href)
  t.same(await deleteWithOrganizations(app, ada.user.id), { outcome: 'deleted' })
})

t.test('the document has every error code of organisations', async t => {
  const rows = readFileSync(file, 'utf8').match(/^\| `FAST_AUTH_\w+` \| \d{3} \|/gm) ?? []
  const named = rows.map(row => /FAST_AUTH_\w+/.exec(row)?.[0])
  t.same(named.sort(), [...organizationErrorCodes, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'].sort())
})
