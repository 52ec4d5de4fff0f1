import { changeMemberRole as schema } from '../../../schemas/organizations/change-member-role.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { publicMember } from './answer-organization.js'
import { changeMemberRole } from './change-member-role.js'
import type { OrganizationRoute } from './dependencies.js'

export const changeMemberRoleRoute: OrganizationRoute = (scope, { dependencies, guards, clock }) => {
  const options = { schema, onRequest: guards.requireSession }
  scope.patch('/organizations/:id/members/:userId', options, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const [organizationId, memberId] = [request.params.id.toLowerCase(), request.params.userId.toLowerCase()]
    const asked = { organizationId, memberId, userId, sessionId, client: requestOriginOf(request), now: clock() }
    const change = { ...request.body, ...asked, proven: provenIn(request) }
    return publicMember(await changeMemberRole(dependencies, change))
  })
}
