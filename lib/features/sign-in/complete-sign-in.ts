import { randomUUID } from 'node:crypto'
import { EmailNotConfirmedError, SignInRefusedError, UserDisabledError } from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook, runBeforeHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds, SignInMethod, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { haveSecondFactor } from '../../tokens/authentication-methods.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { Dependencies } from '../dependencies.js'
import { secondFactorsOf } from '../proof-source.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { issueTokens, newSession } from '../sessions/issue-tokens.js'
import type { Proof } from '../sessions/port.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'

/** A user who has given proofs, each verified a moment ago. */
export interface CompleteSignIn {
  readonly user: UserRecord
  readonly proofs: readonly Proof[]
  /** The methods of the proofs. */
  readonly methods: readonly SignInMethod[]
  /** Called if a proof is stale: verifies it once more, since a hash may have been replaced by a better one. `null`: it is wrong. */
  readonly verifyAgain?: () => Promise<readonly Proof[] | null>
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

export type SignInCompletion =
  | { readonly outcome: 'signedIn'; readonly issued: IssuedTokens }
  /** The proofs hold so far. None is used up. */
  | { readonly outcome: 'secondFactorRequired'; readonly methods: readonly SignInMethod[] }
  /** What a proof refers to has changed or is gone, or a proof was used before. */
  | { readonly outcome: 'stale' | 'spent' }

export type SignInDependencies = Pick<
  Dependencies,
  | 'accessTokens'
  | 'claimsHook'
  | 'email'
  | 'emit'
  | 'forgetApiKeys'
  | 'hasOrganizations'
  | 'hasRefreshTokens'
  | 'hooks'
  | 'maximumSessionsPerUser'
  | 'proofSources'
  | 'refreshTokens'
  | 'revokedSessions'
  | 'hasReauthentication'
  | 'sessionLifetimes'
  | 'storage'
>

function emitFailure(
  { emit }: SignInDependencies,
  { user, client, now }: CompleteSignIn,
  reason: LoginFailReason,
): void {
  emit({ name: 'authn_login_fail', reason, ...eventContext({ userId: user.id, sessionId: null, client, now }) })
}

/**
 * The storage asks for a second factor that the user did not have a moment ago, or that belongs to a feature that is off.
 * @throws {SignInRefusedError} The feature is off.
 */
async function afterMissingFactor(dependencies: SignInDependencies, signIn: CompleteSignIn): Promise<SignInCompletion> {
  const methods = await secondFactorsOf(dependencies, signIn.user.id)
  if (methods.length > 0) return { outcome: 'secondFactorRequired', methods }
  emitFailure(dependencies, signIn, 'second_factor_not_offered')
  throw new SignInRefusedError('This account has a second factor, which this server does not accept')
}

/**
 * Returns why the proofs do not hold, or `null`. Uses none of them: the storage checks the proofs before it looks for the
 * session, and this one does not exist.
 */
async function checkUnused(
  { storage }: SignInDependencies,
  { user: { id: userId }, proofs, methods, now }: CompleteSignIn,
): Promise<'stale' | 'spent' | null> {
  const nowhere = { sessionId: randomUUID(), idleExpiresAt: now }
  const { outcome } = await storage.sessions.reauthenticate({ ...nowhere, userId, proofs, methods, now })
  return outcome === 'stale' || outcome === 'spent' ? outcome : null
}

function disabled(dependencies: SignInDependencies, signIn: CompleteSignIn): Error {
  emitFailure(dependencies, signIn, 'user_disabled')
  return new UserDisabledError()
}

/**
 * Refuses a user who is disabled or unconfirmed, or whom the application refuses. Returns why a second factor does not hold, or
 * `null`: a client that invents a recovery code learns nothing else.
 */
async function checkAccount(
  dependencies: SignInDependencies,
  signIn: CompleteSignIn,
): Promise<'stale' | 'spent' | null> {
  const { user, methods, client, now } = signIn
  const isDisabled = user.disabledAt !== null
  const isUnconfirmed = dependencies.email?.requireConfirmation === true && user.emailConfirmedAt === null
  const revealsMore = isDisabled || isUnconfirmed || dependencies.hooks.given.beforeSignIn !== undefined
  const outcome = revealsMore && haveSecondFactor(methods) ? await checkUnused(dependencies, signIn) : null
  if (outcome !== null) return outcome
  if (isDisabled) throw disabled(dependencies, signIn)
  if (isUnconfirmed) {
    emitFailure(dependencies, signIn, 'email_not_confirmed')
    throw new EmailNotConfirmedError()
  }
  await runBeforeHook(dependencies, 'beforeSignIn', { user, client, now })
  return null
}

/**
 * Signs in a user whose proofs were verified: the only way to a new session, whatever the proofs are. A user with a second
 * factor must give it first; the storage checks this once more in the step that creates the session. Only after the last proof
 * does the client learn whether the account is disabled or unconfirmed (OWASP ASVS 5.0, 6.3.8).
 * @throws {UserDisabledError} @throws {EmailNotConfirmedError} @throws {SignInRefusedError}
 */
export async function completeSignIn(
  dependencies: SignInDependencies,
  signIn: CompleteSignIn,
): Promise<SignInCompletion> {
  const { user, proofs, methods, verifyAgain, client, now } = signIn
  if (!haveSecondFactor(methods)) {
    const missing = await secondFactorsOf(dependencies, user.id)
    if (missing.length > 0) return { outcome: 'secondFactorRequired', methods: missing }
  }
  const refusal = await checkAccount(dependencies, signIn)
  if (refusal !== null) return { outcome: refusal }
  const claims = await extraClaims(dependencies, user, null)

  const session = newSession(dependencies.sessionLifetimes, { userId: user.id, methods, client, now })
  const { maximumSessionsPerUser: maximumPerUser } = dependencies
  const open = (given: readonly Proof[]) =>
    dependencies.storage.sessions.open({ session, proofs: given, maximumPerUser })
  const first = await open(proofs)
  const renewed = first.outcome === 'stale' ? ((await verifyAgain?.()) ?? null) : null
  const opening = renewed === null ? first : await open(renewed)
  if (opening.outcome === 'disabled') throw disabled(dependencies, signIn)
  if (opening.outcome === 'secondFactorMissing') return afterMissingFactor(dependencies, signIn)
  if (opening.outcome !== 'opened') return { outcome: opening.outcome }

  const context = eventContext({ userId: user.id, sessionId: session.id, client, now })
  dependencies.emit({ name: 'authn_login_success', ...context })
  if (methods.includes('recoveryCode')) dependencies.emit({ name: 'authn_recovery_code_used', ...context })
  const { revokedSessionIds } = opening
  await sessionsEnded(dependencies, { revokedSessionIds, userId: user.id, reason: 'too_many_sessions', client, now })
  await runAfterHook(dependencies, 'afterSignIn', { user: opening.user, sessionId: session.id, client, now })
  return {
    outcome: 'signedIn',
    issued: issueTokens(dependencies, { user: opening.user, session, extraClaims: claims }, now),
  }
}
