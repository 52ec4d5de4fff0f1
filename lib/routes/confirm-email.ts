import { confirmEmail as schema } from '../../schemas/confirm-email.js'
import { clientOf } from '../http/client-of.js'
import { mailedTokenComplaint } from '../http/mailed-token-complaint.js'
import { confirmEmail } from '../operations/confirm-email.js'
import type { EmailRoute } from './route-rooms.js'

export const confirmEmailRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/email/confirm', { schema, schemaErrorFormatter: mailedTokenComplaint }, async request => {
    await confirmEmail(rooms, { ...request.body, client: clientOf(request), now: clock() })
    return { status: 'confirmed' as const }
  })
}
