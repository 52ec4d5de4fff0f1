import type { CompleteSignInBody } from '../../../schemas/sign-in/complete-sign-in.js'
import { completeSignIn as schema } from '../../../schemas/sign-in/complete-sign-in.js'
import { SignInExpiredError, ValidationError } from '../../errors/index.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { ReadPendingSignIn } from '../../tokens/sign-in-token.js'
import type { Dependencies } from '../dependencies.js'
import type { Route } from '../route-dependencies.js'
import { addSecondFactor } from './add-second-factor.js'
import type { GivenSecondFactor } from './with-second-factor.js'

type SecondFactorFields = Pick<CompleteSignInBody, 'code' | 'recoveryCode' | 'credential'>

/** Returns the second factors of a body. */
export function givenSecondFactors({
  code,
  recoveryCode,
  credential,
}: SecondFactorFields): readonly GivenSecondFactor[] {
  return [
    ...(code === undefined ? [] : [{ field: 'code', value: code } as const]),
    ...(recoveryCode === undefined ? [] : [{ field: 'recoveryCode', value: recoveryCode } as const]),
    ...(credential === undefined ? [] : [{ field: 'credential', value: credential } as const]),
  ]
}

/** @throws {ValidationError} The body has no second factor, or several. */
function givenSecondFactor(fields: SecondFactorFields): GivenSecondFactor {
  const [given, ...others] = givenSecondFactors(fields)
  if (given !== undefined && others.length === 0) return given
  throw new ValidationError(null, 'oneOf', 'must have exactly one second factor, such as "code"')
}

/**
 * Returns the sign-in that the tokens stand for. Another host may have set one of several cookies: the newest one counts.
 * @throws {SignInExpiredError} No token is authentic, live and sent by its transport.
 */
function pendingSignIn(
  { signInTokens }: Pick<Dependencies, 'signInTokens'>,
  tokens: readonly string[],
  { transport, now }: { readonly transport: 'cookie' | 'token'; readonly now: EpochMilliseconds },
): ReadPendingSignIn {
  const read = tokens.flatMap(token => signInTokens.read(token, now) ?? [])
  const [newest] = read
    .filter(pending => pending.transport === transport)
    .sort((one, other) => other.expiresAt - one.expiresAt)
  if (newest === undefined) throw new SignInExpiredError()
  return newest
}

export const completeSignInRoute: Route = (scope, { dependencies, cookies, knownDevices, crossSiteGuard, clock }) => {
  scope.post('/sign-in/second-factor', { schema }, async (request, reply) => {
    const { signInToken, ...fields } = request.body
    const given = givenSecondFactor(fields)
    const transport = signInToken === undefined ? 'cookie' : 'token'
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const tokens = signInToken === undefined ? cookies.signIns(request) : [signInToken]
    const pending = pendingSignIn(dependencies, tokens, { transport, now })
    const devices = knownDevices.devicesOf(request, now)
    const client = requestOriginOf(request)
    const issued = await addSecondFactor(dependencies, { given, pending, devices, client, now })
    if (transport === 'cookie') cookies.setSignIn(reply, '', 0)
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
