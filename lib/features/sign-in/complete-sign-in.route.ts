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

/** @throws {ValidationError} The body has none of the fields, or both. */
export function givenSecondFactor({
  code,
  recoveryCode,
}: Pick<CompleteSignInBody, 'code' | 'recoveryCode'>): GivenSecondFactor {
  if (code !== undefined && recoveryCode === undefined) return { field: 'code', value: code }
  if (recoveryCode !== undefined && code === undefined) return { field: 'recoveryCode', value: recoveryCode }
  throw new ValidationError(null, 'oneOf', 'must have either "code" or "recoveryCode", and not both')
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
    const issued = await addSecondFactor(dependencies, { ...given, pending, devices, client, now })
    if (transport === 'cookie') cookies.setSignIn(reply, '', 0)
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
