import { resetPassword as schema } from '../../schemas/reset-password.js'
import { clientOf } from '../http/client-of.js'
import { mailedTokenComplaint } from '../http/mailed-token-complaint.js'
import { resetPassword } from '../operations/reset-password.js'
import type { EmailRoute } from './route-rooms.js'

export const resetPasswordRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/password/reset', { schema, schemaErrorFormatter: mailedTokenComplaint }, async (request, reply) => {
    await resetPassword(rooms, { ...request.body, client: clientOf(request), now: clock() })
    return reply.code(204).send(null)
  })
}
