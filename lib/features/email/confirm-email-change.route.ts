import { confirmEmailChange as schema } from '../../../schemas/email/confirm-email-change.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { EmailRoute } from '../route-dependencies.js'
import { confirmEmailChange } from './confirm-email-change.js'

export const confirmEmailChangeRoute: EmailRoute = (scope, { dependencies, clock }) => {
  scope.post(
    '/email/change/confirm',
    { schema, ...hashes, schemaErrorFormatter: mailedTokenProblem },
    async request => {
      await confirmEmailChange(dependencies, { ...request.body, client: requestOriginOf(request), now: clock() })
      return { status: 'confirmed' as const }
    },
  )
}
