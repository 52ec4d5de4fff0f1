import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { SecondFactorDependencies } from './dependencies.js'
import { TotpNotFoundError } from './errors.js'
import { newRecoveryCodes, type RecoveryCode } from './recovery-codes.js'
import type { SecondFactorRequest } from './remove-totp.js'
import { changeMessages, secondFactorChanged } from './second-factor-changed.js'

/**
 * Replaces the recovery codes of a user with a second factor. Earlier codes are no longer accepted.
 * @throws {TotpNotFoundError} @throws {SessionRevokedError}
 */
export async function renewRecoveryCodes(
  dependencies: Pick<
    SecondFactorDependencies,
    'email' | 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions' | 'secondFactorStore' | 'storage'
  >,
  { userId, sessionId, client, now }: SecondFactorRequest,
): Promise<readonly RecoveryCode[]> {
  const user = await userOfCredential(dependencies, { userId })
  const codes = newRecoveryCodes()
  const { outcome } = await dependencies.secondFactorStore.renewRecoveryCodes({
    userId,
    recoveryCodes: codes.map(({ hash }) => hash),
    asking: { sessionId, now },
    messages: changeMessages(dependencies, { user, reason: 'recovery_codes_renewed', now }),
  })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'unknown') throw new TotpNotFoundError()
  dependencies.email?.notifyDelivery()
  const change = { user, reason: 'recovery_codes_renewed', revokedSessionIds: [], sessionId, client, now } as const
  await secondFactorChanged(dependencies, change)
  return codes.map(({ code }) => code)
}
