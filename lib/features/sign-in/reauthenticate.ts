import { InvalidCredentialsError, SecondFactorInvalidError, SecondFactorRequiredError } from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds, PasswordHash, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { Dependencies } from '../dependencies.js'
import { showPassword } from '../passwords/show-password.js'
import { type ShownPassword, whilePasswordStands } from '../passwords/while-password-stands.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { type ComputedClaims, computeClaims, currentClaims } from '../sessions/extra-claims.js'
import { issueTokens } from '../sessions/issue-tokens.js'
import type { Reauthentication } from '../sessions/port.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import { type GivenSecondFactor, type VerifiedProof, withSecondFactor } from './with-second-factor.js'

export interface Reauthenticate {
  readonly userId: string
  /** The session that goes on. */
  readonly sessionId: string
  /** At least one of the two. */
  readonly password?: string | undefined
  readonly secondFactor: GivenSecondFactor | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

type ReauthenticateDependencies = Pick<
  Dependencies,
  | 'accessTokens'
  | 'claimsHook'
  | 'emit'
  | 'hasOrganizations'
  | 'hasRefreshTokens'
  | 'limits'
  | 'passwords'
  | 'proofSources'
  | 'refreshTokens'
  | 'revokedSessions'
  | 'revokesPreviousAccessToken'
  | 'hasReauthentication'
  | 'sessionLifetimes'
  | 'storage'
>

const ofPassword = (hash: PasswordHash | null): readonly VerifiedProof[] =>
  hash === null ? [] : [{ proof: { kind: 'password', hash }, method: 'password' }]

/**
 * Adds proofs to a session that goes on, for operations that need a recent proof. A user with a second factor must give it: the
 * password alone, which an attacker may know, does not make a session recent. Earlier refresh tokens of the session are refused.
 * @throws {InvalidCredentialsError} The password is wrong, or was changed concurrently. @throws {SecondFactorInvalidError}
 * @throws {SecondFactorRequiredError} The user has a second factor, and the request has none.
 * @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function reauthenticate(
  dependencies: ReauthenticateDependencies,
  request: Reauthenticate,
): Promise<IssuedTokens> {
  const { userId, sessionId, password, secondFactor, client, now } = request
  const user = await userOfCredential(dependencies, { userId })
  const shown: ShownPassword =
    password === undefined
      ? { user, password: null, verifiedHash: null, client }
      : await showPassword(dependencies, { user, sessionId, password, client, now })
  const claims = await computeClaims(dependencies, user, { sessionId, now })
  const idleExpiresAt = dependencies.sessionLifetimes.idleExpiresAt(now)

  function add(...others: readonly VerifiedProof[]): Promise<Reauthentication> {
    return whilePasswordStands(dependencies, shown, (_, hash) => {
      const given = [...ofPassword(hash), ...others]
      const [proofs, methods] = [given.map(({ proof }) => proof), given.map(({ method }) => method)]
      return dependencies.storage.sessions.reauthenticate({ sessionId, userId, proofs, methods, idleExpiresAt, now })
    })
  }
  const attempt = { user, sessionId, device: null, client, now }
  const addSecond = async (verified: VerifiedProof) => {
    const reauthentication = await add(verified)
    if (reauthentication.outcome === 'stale') await verified.afterStale?.()
    return reauthentication.outcome === 'spent' ? 'spent' : reauthentication
  }
  const reauthentication =
    secondFactor === null
      ? await add()
      : await withSecondFactor(dependencies, { given: secondFactor, ...attempt }, addSecond)
  return answer(dependencies, { request, user, reauthentication, claims })
}

interface Settled {
  readonly request: Reauthenticate
  readonly user: UserRecord
  readonly reauthentication: Reauthentication
  readonly claims: ComputedClaims
}

/** Issues the tokens, or throws what the outcome of the storage means. */
async function answer(
  dependencies: ReauthenticateDependencies,
  { request, user, reauthentication, claims }: Settled,
): Promise<IssuedTokens> {
  const { userId, sessionId, secondFactor, client, now } = request
  const context = eventContext({ userId, sessionId, client, now })
  const { outcome } = reauthentication
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'secondFactorMissing') throw new SecondFactorRequiredError()
  if (outcome !== 'reauthenticated') {
    const reason: LoginFailReason = secondFactor === null ? 'password_changed_meanwhile' : 'wrong_second_factor'
    dependencies.emit({ name: 'authn_login_fail', reason, ...context })
    throw secondFactor === null ? new InvalidCredentialsError() : new SecondFactorInvalidError()
  }
  const { session } = reauthentication
  if (dependencies.revokesPreviousAccessToken)
    dependencies.revokedSessions.addGeneration(sessionId, session.generation - 1)
  dependencies.emit({ name: 'authn_reauthenticated', ...context })
  if (secondFactor?.field === 'recoveryCode') dependencies.emit({ name: 'authn_recovery_code_used', ...context })
  const current = await currentClaims(dependencies, claims, { user, session })
  return issueTokens(dependencies, { user, session, extraClaims: current }, now)
}
