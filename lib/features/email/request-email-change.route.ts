import {
  requestEmailChangeWithRecentProof,
  requestEmailChange as schema,
} from '../../../schemas/email/request-email-change.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { EmailRoute } from '../route-dependencies.js'
import { requestEmailChange } from './request-email-change.js'

export const requestEmailChangeRoute: EmailRoute = (scope, { dependencies, guards, quantizeResponseTime, clock }) => {
  const operation = dependencies.hasReauthentication ? requestEmailChangeWithRecentProof : schema
  const options = { schema: operation, ...hashes, onRequest: guards.requireSession }
  scope.post('/email/change', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const client = requestOriginOf(request)
    const proven = provenIn(request)
    const asked = { ...request.body, userId, sessionId, proven, client, now: clock() }
    await quantizeResponseTime(() => requestEmailChange(dependencies, asked))
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
