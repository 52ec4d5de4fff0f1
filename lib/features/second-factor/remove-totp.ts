import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { SecondFactorDependencies } from './dependencies.js'
import { TotpNotFoundError } from './errors.js'
import { changeMessages, secondFactorChanged } from './second-factor-changed.js'

/** A request of a session whose second factor was given a moment ago. */
export interface SecondFactorRequest {
  readonly userId: string
  readonly sessionId: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Removes the authenticator app and the recovery codes. All other sessions end in the same step.
 * @throws {TotpNotFoundError} @throws {SessionRevokedError}
 */
export async function removeTotp(
  dependencies: Pick<
    SecondFactorDependencies,
    'email' | 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions' | 'secondFactorStore' | 'storage'
  >,
  { userId, sessionId, client, now }: SecondFactorRequest,
): Promise<void> {
  const user = await userOfCredential(dependencies, { userId })
  const messages = changeMessages(dependencies, { user, reason: 'totp_removed', now })
  const removal = await dependencies.secondFactorStore.removeTotp({ userId, asking: { sessionId, now }, now, messages })
  if (removal.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (removal.outcome === 'unknown') throw new TotpNotFoundError()
  dependencies.email?.notifyDelivery()
  const { revokedSessionIds } = removal
  await secondFactorChanged(dependencies, { user, reason: 'totp_removed', revokedSessionIds, sessionId, client, now })
}
