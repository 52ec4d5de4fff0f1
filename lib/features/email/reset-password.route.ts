import type { FastifyRequest } from 'fastify'
import { resetPassword as schema } from '../../../schemas/email/reset-password.js'
import type { CrossSiteGuard } from '../../http/cross-site-guard.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { EmailRoute } from '../route-dependencies.js'
import { resetPassword } from './reset-password.js'

/** A page of another origin may reset a password with a token that it has, but sets no cookie: it could replace a good one. */
function isOfOwnPage(request: FastifyRequest, crossSiteGuard: CrossSiteGuard): boolean {
  try {
    crossSiteGuard(request)
    return true
  } catch {
    return false
  }
}

export const resetPasswordRoute: EmailRoute = (
  scope,
  { dependencies, knownDevices, crossSiteGuard, defaultTransport, clock },
) => {
  scope.post(
    '/password/reset',
    { schema, ...hashes, schemaErrorFormatter: mailedTokenProblem },
    async (request, reply) => {
      const now = clock()
      const user = await resetPassword(dependencies, { ...request.body, client: requestOriginOf(request), now })
      const transport = isOfOwnPage(request, crossSiteGuard) ? defaultTransport : 'token'
      knownDevices.remember(request, reply, { user, transport, now })
      return reply.code(204).send(null)
    },
  )
}
