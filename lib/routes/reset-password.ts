import { resetPassword as schema } from '../../schemas/reset-password.js'
import { mailedTokenProblem } from '../http/mailed-token-problem.js'
import { requestOriginOf } from '../http/request-origin-of.js'
import { resetPassword } from '../operations/reset-password.js'
import type { EmailRoute } from './route-dependencies.js'

export const resetPasswordRoute: EmailRoute = (scope, { dependencies, clock }) => {
  scope.post('/password/reset', { schema, schemaErrorFormatter: mailedTokenProblem }, async (request, reply) => {
    await resetPassword(dependencies, { ...request.body, client: requestOriginOf(request), now: clock() })
    return reply.code(204).send(null)
  })
}
