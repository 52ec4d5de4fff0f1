import { listInvitations as schema } from '../../../schemas/organizations/list-invitations.js'
import { currentUser } from '../../http/guards.js'
import { organizationOf } from './acting.js'
import { publicInvitation } from './answer-organization.js'
import type { OrganizationRoute } from './dependencies.js'
import { defaultPageSize, pageOf } from './next-page.js'

export const listInvitationsRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  scope.get('/organizations/:id/invitations', { schema, onRequest: guards.authenticate }, async request => {
    const organizationId = request.params.id.toLowerCase()
    const { limit = defaultPageSize, after } = request.query
    await organizationOf(dependencies, currentUser(request), { organizationId, atLeast: 'admin' })
    const from = after === undefined ? {} : { afterId: after.toLowerCase() }
    const asked = { organizationId, now: clock(), ...from, limit: limit + 1 }
    const { items, next } = pageOf(await dependencies.invitationStore.list(asked), limit, ({ id }) => id)
    return { items: items.map(publicInvitation), next }
  })
}
