import { SecondFactorInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { matchTotpStep } from '../../tokens/totp.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { computeClaims, currentClaims } from '../sessions/extra-claims.js'
import { issueTokens } from '../sessions/issue-tokens.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { SecondFactorDependencies } from './dependencies.js'
import { TotpNotFoundError } from './errors.js'
import type { TotpConfirmation } from './port.js'
import { canonicalCode } from './prove.js'
import { type NewRecoveryCode, newRecoveryCodes, type RecoveryCode } from './recovery-codes.js'
import { openSecret } from './sealed-secret.js'
import { changeMessages, secondFactorChanged } from './second-factor-changed.js'

export interface ConfirmTotp {
  readonly userId: string
  /** The session that goes on. */
  readonly sessionId: string
  readonly code: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** The session that goes on with a second factor, and the codes to keep. */
export interface ConfirmedTotp {
  readonly issued: IssuedTokens
  readonly recoveryCodes: readonly RecoveryCode[]
}

/** Checks the code, and confirms the app with it. `null`: the code is wrong. */
async function attempt(
  dependencies: Pick<SecondFactorDependencies, 'email' | 'sealer' | 'secondFactorStore' | 'sessionLifetimes'>,
  { user, request, codes }: { user: UserRecord; request: ConfirmTotp; codes: readonly NewRecoveryCode[] },
): Promise<TotpConfirmation | null> {
  const { userId, sessionId, code, now } = request
  const { totp } = await dependencies.secondFactorStore.find({ userId })
  const isPending = totp !== null && totp.confirmedAt === null && now < totp.expiresAt
  const secret = isPending ? openSecret(dependencies.sealer, totp) : null
  if (!isPending || secret === null) throw new TotpNotFoundError()
  const step = matchTotpStep(secret, canonicalCode(code), { now, lastStep: null })
  if (step === null) return null
  return dependencies.secondFactorStore.confirmTotp({
    userId,
    factorId: totp.id,
    step,
    sessionId,
    idleExpiresAt: dependencies.sessionLifetimes.idleExpiresAt(now),
    recoveryCodes: codes.map(({ hash }) => hash),
    now,
    messages: changeMessages(dependencies, { user, reason: 'totp_added', now }),
  })
}

/**
 * Makes an authenticator app a second factor, if the client knows its code, which is used up. This session continues with new
 * tokens; all others end in the same step, since they were opened without it.
 * @throws {SecondFactorInvalidError} The code is wrong.
 * @throws {TotpNotFoundError} There is no app to confirm, or the time to confirm it is over.
 * @throws {SessionRevokedError} @throws {TooManyRequestsError}
 */
export async function confirmTotp(
  dependencies: SecondFactorDependencies,
  request: ConfirmTotp,
): Promise<ConfirmedTotp> {
  const { userId, sessionId, client, now } = request
  const user = await userOfCredential(dependencies, { userId })
  const claims = await computeClaims(dependencies, user, { sessionId, now })
  const codes = newRecoveryCodes()
  const guess = { userId, field: 'code', sessionId, device: null, client } as const
  const { confirmation } = await dependencies.limits.secondFactor(guess, async () => {
    const answer = await attempt(dependencies, { user, request, codes })
    return { isRight: answer !== null, confirmation: answer }
  })
  if (confirmation === null) {
    const context = eventContext({ userId, sessionId, client, now })
    dependencies.emit({ name: 'authn_login_fail', reason: 'wrong_second_factor', ...context })
    throw new SecondFactorInvalidError()
  }
  if (confirmation.outcome === 'stale') throw new TotpNotFoundError()
  if (confirmation.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  const { session, revokedSessionIds } = confirmation
  if (dependencies.revokesPreviousAccessToken)
    dependencies.revokedSessions.addGeneration(sessionId, session.generation - 1)
  dependencies.email?.notifyDelivery()
  const change = { user: confirmation.user, reason: 'totp_added', revokedSessionIds, sessionId, client, now } as const
  await secondFactorChanged(dependencies, change)
  const current = await currentClaims(dependencies, claims, { user: confirmation.user, session })
  return {
    issued: issueTokens(dependencies, { user: confirmation.user, session, extraClaims: current }, now),
    recoveryCodes: codes.map(({ code }) => code),
  }
}
