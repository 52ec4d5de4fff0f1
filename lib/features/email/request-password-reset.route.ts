import { requestPasswordReset as schema } from '../../../schemas/email/request-password-reset.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { sendsMessage } from '../../http/route-cost.js'
import type { EmailRoute } from '../route-dependencies.js'
import { requestPasswordReset } from './request-password-reset.js'

export const requestPasswordResetRoute: EmailRoute = (scope, { dependencies, quantizeResponseTime, clock }) => {
  scope.post('/password/forgot', { schema, ...sendsMessage }, async (request, reply) => {
    const client = requestOriginOf(request)
    await quantizeResponseTime(() => requestPasswordReset(dependencies, { ...request.body, client, now: clock() }))
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
