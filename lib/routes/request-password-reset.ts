import { requestPasswordReset as schema } from '../../schemas/request-password-reset.js'
import { clientOf } from '../http/client-of.js'
import { inEvenTime } from '../http/in-even-time.js'
import { requestPasswordReset } from '../operations/request-password-reset.js'
import type { EmailRoute } from './route-rooms.js'

export const requestPasswordResetRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/password/forgot', { schema }, async (request, reply) => {
    const client = clientOf(request)
    await inEvenTime(() => requestPasswordReset(rooms, { ...request.body, client, now: clock() }))
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
