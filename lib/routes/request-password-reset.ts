import { requestPasswordReset as schema } from '../../schemas/request-password-reset.js'
import { requestPasswordReset } from '../operations/request-password-reset.js'
import type { EmailRoute } from './route-rooms.js'

export const requestPasswordResetRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/password/forgot', { schema }, async (request, reply) => {
    await requestPasswordReset(rooms, { ...request.body, now: clock() })
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
