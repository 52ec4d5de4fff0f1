import type { FastifyRequest } from 'fastify'
import type { SignInWithCodeBody } from '../../../schemas/email-codes/sign-in-with-code.js'
import { ValidationError } from '../../errors/index.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { answerWaiting } from '../../http/answer-waiting.js'
import type { AuthCookies } from '../../http/auth-cookies.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { EmailCodeRoute } from './dependencies.js'
import { operationFor } from './operation-for.js'
import { ownRequest } from './own-request.js'
import { signInWithCode } from './sign-in-with-code.js'

/** @throws {ValidationError} The body has neither `code` nor `token`, or both. */
function givenCode({ code, token }: SignInWithCodeBody): string {
  const [given, ...others] = [code, token].filter(text => text !== undefined)
  if (given !== undefined && others.length === 0) return given
  throw new ValidationError(null, 'oneOf', 'must have either "code" or "token", and not both')
}

function tokensOf(cookies: AuthCookies, request: FastifyRequest, signInToken: string | undefined): readonly string[] {
  return signInToken === undefined ? cookies.signIns(request) : [signInToken]
}

export const signInWithCodeRoute: EmailCodeRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, knownDevices, crossSiteGuard, clock } = routeDependencies
  const schema = operationFor(dependencies)
  scope.post('/sign-in/email/confirm', { schema }, async (request, reply) => {
    const { signInToken } = request.body
    const code = givenCode(request.body)
    const transport = signInToken === undefined ? 'cookie' : 'token'
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const asked = ownRequest(dependencies, tokensOf(cookies, request, signInToken), { transport, now })
    const result = await signInWithCode(dependencies, { request: asked, code, client: requestOriginOf(request), now })
    if (result.outcome === 'secondFactorRequired')
      return answerWaiting(routeDependencies, reply, result, { transport, now })
    const { issued, isNewUser } = result
    if (transport === 'cookie') cookies.setSignIn(reply, '', 0)
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    reply.code(isNewUser ? 201 : 200)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
