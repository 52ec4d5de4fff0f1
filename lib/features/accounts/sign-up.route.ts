import { signUp as schema } from '../../../schemas/accounts/sign-up.js'
import { withMoreCodes } from '../../../schemas/error-responses.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { mailedTokenProblem } from '../../http/mailed-token-problem.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import { changedOperation } from '../../http/security-schemes.js'
import type { Route } from '../route-dependencies.js'
import { signUp } from './sign-up.js'

/** Returns the operation with the refusals of an invitation. */
function withInvitation(operation: typeof schema): typeof schema {
  const refusing = withMoreCodes(operation, 400, ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'])
  return withMoreCodes(refusing, 409, ['FAST_AUTH_ORGANIZATION_FULL'])
}

export const signUpRoute: Route = (
  scope,
  { dependencies, cookies, knownDevices, crossSiteGuard, quantizeResponseTime, defaultTransport, clock },
) => {
  const operation = dependencies.hasOrganizations ? changedOperation(schema, withInvitation(schema)) : schema
  scope.post(
    '/sign-up',
    { schema: operation, ...hashes, schemaErrorFormatter: mailedTokenProblem },
    async (request, reply) => {
      const { transport = defaultTransport, ...credentials } = request.body
      if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
      const now = clock()
      const asked = { ...credentials, client: requestOriginOf(request), now }
      // The token of an invitation proves access to the mailbox, so its client may learn of the account.
      const isInvited = credentials.invitationToken !== undefined
      const mustNotTell = dependencies.email?.requireConfirmation === true && !isInvited
      const issued = await (mustNotTell
        ? quantizeResponseTime(() => signUp(dependencies, asked))
        : signUp(dependencies, asked))
      if (issued === null) {
        reply.code(202)
        return { status: 'confirmation_required' as const }
      }
      knownDevices.remember(request, reply, { user: issued.user, transport, now })
      reply.code(201)
      return answerIssuedTokens(reply, cookies, issued, { transport, now })
    },
  )
}
