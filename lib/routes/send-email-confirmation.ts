import { sendEmailConfirmation as schema } from '../../schemas/send-email-confirmation.js'
import { clientOf } from '../http/client-of.js'
import { inEvenTime } from '../http/in-even-time.js'
import { sendEmailConfirmation } from '../operations/send-email-confirmation.js'
import type { EmailRoute } from './route-rooms.js'

export const sendEmailConfirmationRoute: EmailRoute = (scope, { rooms, clock }) => {
  scope.post('/email/confirm/send', { schema }, async (request, reply) => {
    const client = clientOf(request)
    await inEvenTime(() => sendEmailConfirmation(rooms, { ...request.body, client, now: clock() }))
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
