import { sendEmailConfirmation as schema } from '../../../schemas/email/send-email-confirmation.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { sendsMessage } from '../../http/route-cost.js'
import type { EmailRoute } from '../route-dependencies.js'
import { sendEmailConfirmation } from './send-email-confirmation.js'

export const sendEmailConfirmationRoute: EmailRoute = (scope, { dependencies, quantizeResponseTime, clock }) => {
  scope.post('/email/confirm/send', { schema, ...sendsMessage }, async (request, reply) => {
    const client = requestOriginOf(request)
    await quantizeResponseTime(() => sendEmailConfirmation(dependencies, { ...request.body, client, now: clock() }))
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
