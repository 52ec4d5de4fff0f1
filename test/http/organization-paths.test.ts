import t from 'tap'
import { teamApplication } from '../organizations/fixtures/organization-application.js'

const handler = async () => 'reached'

const misnamed = [
  ['/:organisationId/projects', 'organisationId'],
  ['/organizations/:id/projects', 'id'],
  ['/organisations/:name', 'name'],
  ['/api/orgs/:key/projects/:id', 'key'],
  ['/:orgId', 'orgId'],
  ['/:orgid', 'orgid'],
  ['/:org_id', 'org_id'],
  ['/:org', 'org'],
  ['/:organizationSlug/projects', 'organizationSlug'],
  ['/:organization', 'organization'],
  ['/:OrganizationId', 'OrganizationId'],
  ['/projects/:projectId-:organizationid', 'organizationid'],
] as const

t.test('a guard on a path that names the organisation by another parameter stops the start', async t => {
  await teamApplication(t, {
    after(app) {
      const { requireOrganization, requireRole } = app.fastAuth
      for (const [url, name] of misnamed) {
        const refused = {
          code: 'FAST_AUTH_OPTION_INVALID',
          message: `The path "${url}" seems to name an organisation by ":${name}", which requireOrganization and requireRole of fast-auth do not read: name the parameter ":organizationId"`,
        }
        t.throws(() => app.get(url, { onRequest: requireOrganization() }, handler), refused)
        t.throws(() => app.post(url, { preHandler: [requireRole('admin')] }, handler), refused)
      }
    },
  })
})

t.test('other names, and routes without such a guard, are the concern of the application', async t => {
  const { ben } = await teamApplication(t, {
    after(app) {
      const { requireOrganization, requireSession } = app.fastAuth
      for (const url of ['/organs/:organ', '/:organizer', '/organizations', '/x/:id', '/organizations::id', '/::orgId'])
        app.get(url, { onRequest: requireOrganization() }, handler)
      app.get('/organizations/:organizationId/units/:orgUnit', { onRequest: requireOrganization() }, handler)
      app.get('/open/:orgId', { onRequest: requireSession }, handler)
    },
  })
  for (const url of ['/organs/1', '/ada', '/organizations', '/x/1', '/organizations:id', '/:orgId', '/open/1'])
    t.equal((await ben.inject(url)).body, 'reached', url)
})

t.test('a guard that a scope adds refuses such a path when it is requested', async t => {
  const { ben, id } = await teamApplication(t, {
    async after(app) {
      await app.register(
        async scope => {
          scope.addHook('onRequest', app.fastAuth.requireOrganization())
          scope.get('/projects', handler)
        },
        { prefix: '/scoped/:organisationId' },
      )
    },
  })
  const answer = await ben.inject(`/scoped/${id}/projects`)
  t.equal(answer.statusCode, 500)
  t.equal(answer.json().code, 'FAST_AUTH_OPTION_INVALID')
})
