import { confirmEmailChange as schema } from '../../schemas/confirm-email-change.js'
import { clientOf } from '../http/client-of.js'
import { mailedTokenComplaint } from '../http/mailed-token-complaint.js'
import { confirmEmailChange } from '../operations/confirm-email-change.js'
import type { EmailRoute } from './route-rooms.js'

export const confirmEmailChangeRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/email/change/confirm', { schema, schemaErrorFormatter: mailedTokenComplaint }, async request => {
    await confirmEmailChange(rooms, { ...request.body, client: clientOf(request), now: clock() })
    return { status: 'confirmed' as const }
  })
}
