import { deleteMeWithRecentProof, deleteMe as schema } from '../../../schemas/accounts/delete-me.js'
import { withMoreCodes } from '../../../schemas/error-responses.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import { changedOperation } from '../../http/security-schemes.js'
import type { Route } from '../route-dependencies.js'
import { deleteMe } from './delete-me.js'

export const deleteMeRoute: Route = (scope, { dependencies, cookies, guards, clock }) => {
  const proven = dependencies.hasReauthentication ? deleteMeWithRecentProof : schema
  const operation = dependencies.hasOrganizations
    ? changedOperation(proven, withMoreCodes(proven, 409, ['FAST_AUTH_LAST_OWNER']))
    : proven
  scope.delete('/me', { schema: operation, ...hashes, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const asking = { userId, sessionId, proven: provenIn(request), client: requestOriginOf(request), now: clock() }
    await deleteMe(dependencies, { ...request.body, ...asking })
    if (request.headers.authorization === undefined) cookies.expire(reply)
    return reply.code(204).send(null)
  })
}
