import { sendEmailConfirmation as schema } from '../../schemas/send-email-confirmation.js'
import { sendEmailConfirmation } from '../operations/send-email-confirmation.js'
import type { EmailRoute } from './route-rooms.js'

export const sendEmailConfirmationRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/email/confirm/send', { schema }, async (request, reply) => {
    await sendEmailConfirmation(rooms, { ...request.body, now: clock() })
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
