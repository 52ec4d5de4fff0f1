import t from 'tap'
import { currentOrganization } from '../../lib/index.js'
import { teamApplication } from '../organizations/fixtures/organization-application.js'

t.test('currentOrganization is what a guard of organisations has checked', async t => {
  const { ada, ben, found, id } = await teamApplication(t, {
    after(app) {
      const { authenticate, requireOrganization, requireRole } = app.fastAuth
      app.get('/here', { onRequest: requireOrganization() }, async request => currentOrganization(request))
      app.get('/:organizationId/there', { preHandler: requireRole('admin') }, async request =>
        currentOrganization(request),
      )
      app.get('/unguarded', async request => currentOrganization(request))
      app.get('/authenticated/:organizationId', { onRequest: authenticate }, async request =>
        currentOrganization(request),
      )
    },
  })
  const { id: other } = await found(ben, 'Looms')
  t.strictSame((await ben.inject('/here')).json(), { id, role: 'admin' })
  t.strictSame((await ben.inject(`/${other}/there`)).json(), { id: other, role: 'owner' })
  t.strictSame((await ada.inject(`/${id}/there`)).json(), { id, role: 'owner' })
  for (const url of ['/unguarded', `/authenticated/${id}`, `/authenticated/${other}`])
    t.equal((await ben.inject(url)).json().code, 'FAST_AUTH_ORGANIZATION_REQUIRED', url)
})
