import { previewInvitation as schema } from '../../../schemas/organizations/preview-invitation.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import type { OrganizationRoute } from './dependencies.js'
import { previewInvitation } from './preview-invitation.js'

export const previewInvitationRoute: OrganizationRoute = (scope, { dependencies, clock }) => {
  scope.post('/invitations/preview', { schema, schemaErrorFormatter: mailedTokenProblem }, async request =>
    previewInvitation(dependencies, { ...request.body, now: clock() }),
  )
}
