import { confirmEmail as schema } from '../../../schemas/email/confirm-email.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { EmailRoute } from '../route-dependencies.js'
import { confirmEmail } from './confirm-email.js'

export const confirmEmailRoute: EmailRoute = (scope, { dependencies, clock }) => {
  scope.post('/email/confirm', { schema, ...hashes, schemaErrorFormatter: mailedTokenProblem }, async request => {
    await confirmEmail(dependencies, { ...request.body, client: requestOriginOf(request), now: clock() })
    return { status: 'confirmed' as const }
  })
}
