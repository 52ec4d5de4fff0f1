import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { documented } from '../email-codes/fixtures/documented.js'
import { bearer } from '../support/account.js'
import { claimsOf } from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { teamApplication } from './fixtures/organization-application.js'

const routes = [
  ['GET', '/auth/organizations'],
  ['POST', '/auth/organizations'],
  ['GET', '/auth/organizations/:id'],
  ['PATCH', '/auth/organizations/:id'],
  ['DELETE', '/auth/organizations/:id'],
  ['POST', '/auth/organizations/current'],
  ['GET', '/auth/organizations/:id/members'],
  ['PATCH', '/auth/organizations/:id/members/:userId'],
  ['DELETE', '/auth/organizations/:id/members/:userId'],
  ['POST', '/auth/organizations/:id/invitations'],
  ['GET', '/auth/organizations/:id/invitations'],
  ['DELETE', '/auth/organizations/:id/invitations/:invitationId'],
  ['POST', '/auth/invitations/preview'],
  ['POST', '/auth/invitations/accept'],
  ['POST', '/auth/invitations/decline'],
  ['GET', '/auth/invitations/accept'],
] as const

const page = 'https://app.example.com/page'
const links = { confirmEmail: page, resetPassword: page, changeEmail: page, invitation: page }
const body = { email: 'dan@example.com', password: 'a horse of another colour', transport: 'token' }

t.test('exactly with the option the routes exist; the page needs the option of pages', async t => {
  const found = async (options: Partial<FastAuthOptions>, mail: true | { links: typeof links } = true) => {
    const { app } = await testApplication(t, { mail, options })
    return routes.filter(([method, url]) => app.hasRoute({ method, url }))
  }
  t.strictSame(await found({}), [])
  t.strictSame(await found({ organizations: {} }), routes)
  t.strictSame(await found({ organizations: {}, pages: false }, { links }), routes.slice(0, -1))
})

t.test('without the option the document mentions nothing of it', async t => {
  const { text } = await documented(t, {})
  t.notMatch(text, /organi[sz]ation|invitation|ROLE_REQUIRED|LAST_OWNER|MEMBER_NOT_FOUND/i)
})

t.test('with the option the named schemas have its fields', async t => {
  const without = await documented(t, {})
  const { propertiesOf, schemas } = await documented(t, { organizations: {} })
  for (const [name, field] of [
    ['AuthSession', 'organization'],
    ['AuthMe', 'organization'],
    ['AuthIntrospection', 'organization'],
    ['AuthApiKey', 'organizationId'],
    ['AuthNewApiKey', 'organizationId'],
    ['AuthCreateApiKey', 'organizationId'],
    ['AuthSignUp', 'invitationToken'],
  ] as const) {
    t.ok(propertiesOf(name).includes(field), name)
    t.notOk(without.propertiesOf(name).includes(field), name)
  }
  const added = Object.keys(schemas).filter(name => !(name in without.schemas))
  t.strictSame(added.toSorted(), [
    ...['AuthAcceptInvitation', 'AuthChangeMemberRole', 'AuthCreateOrganization', 'AuthInvitation'],
    ...['AuthInvitationList', 'AuthInvitationPreview', 'AuthInvitationToken', 'AuthInviteMember', 'AuthMember'],
    ...[
      'AuthMemberList',
      'AuthOrganization',
      'AuthOrganizationList',
      'AuthSwitchOrganization',
      'AuthUpdateOrganization',
    ],
  ])
})

t.test('without the option neither answers, nor request.user, nor tokens have its fields', async t => {
  const { app, post } = await testApplication(t, {
    mail: true,
    after(app) {
      app.get('/any', { onRequest: app.fastAuth.authenticate }, async ({ user }) => user)
    },
  })
  const answer = await post('/sign-up', body)
  const { accessToken } = answer.json()
  const headers = bearer(accessToken)
  const key = await post('/api-keys', { name: 'deploy' }, headers)
  const texts = [
    answer.body,
    key.body,
    JSON.stringify(claimsOf(accessToken)),
    (await app.inject({ url: '/any', headers })).body,
    (await app.inject({ url: '/any', headers: bearer(key.json().key) })).body,
    (await app.inject({ url: '/auth/me', headers })).body,
    (await app.inject({ url: '/auth/api-keys', headers })).body,
    (await post('/tokens/introspect', { token: accessToken }, headers)).body,
    (await post('/tokens/introspect', { token: answer.json().refreshToken }, headers)).body,
    (await post('/tokens/introspect', { token: key.json().key }, headers)).body,
  ]
  for (const text of texts) t.notMatch(text, /organization|"org/)
})

t.test('without the option its fields in requests are refused', async t => {
  const { post } = await testApplication(t, { mail: true })
  const { accessToken } = (await post('/sign-up', body)).json()
  const invited = { ...body, email: 'fay@example.com', invitationToken: 'A'.repeat(43) }
  refused(t, await post('/sign-up', invited), 400, 'FST_ERR_VALIDATION')
  const organizationId = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'
  const key = await post('/api-keys', { name: 'deploy', organizationId }, bearer(accessToken))
  refused(t, key, 400, 'FST_ERR_VALIDATION')
})

t.test('with the option off again, sessions go on without an organisation, and the records stay', async t => {
  const storage = memoryStorage()
  const { ben, refresh, id } = await teamApplication(t, { options: { storage } })
  const { app, post } = await testApplication(t, { mail: true, options: { storage } })
  const me = await app.inject({ url: '/auth/me', headers: bearer(ben.accessToken) })
  t.equal(me.statusCode, 200)
  t.notMatch(me.body, 'organization')
  const renewed = await post('/refresh', { refreshToken: ben.refreshToken })
  t.notMatch(renewed.body, 'organization')
  t.notOk('org' in claimsOf(renewed.json().accessToken))
  const later = await refresh({ email: ben.email, refreshToken: renewed.json().refreshToken })
  t.strictSame(later.session.organization, { id, role: 'admin' }, 'and with it on, as before')
})

t.test('without the option, the storage may lack organisations', async t => {
  const { organizations: _, memberships: __, invitations: ___, ...storage } = memoryStorage()
  const options = { storage: storage as ReturnType<typeof memoryStorage> }
  const { post } = await testApplication(t, { mail: true, options })
  t.equal((await post('/sign-up', body)).statusCode, 201)
  const incomplete = testApplication(t, { mail: true, options: { ...options, organizations: {} } })
  await t.rejects(incomplete, { code: 'FAST_AUTH_STORAGE_INCOMPLETE' })
})
