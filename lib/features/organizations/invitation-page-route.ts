import { invitationPage as schema } from '../../../schemas/organizations/invitation-page.js'
import type { OrganizationRoute } from './dependencies.js'

export const invitationPageRoute: OrganizationRoute = (scope, { dependencies }) => {
  const { html, contentSecurityPolicy } = dependencies.invitationPage
  scope.get('/invitations/accept', { schema }, async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy)
    return reply.type('text/html; charset=utf-8').send(html)
  })
}
