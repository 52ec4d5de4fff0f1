import { randomUUID } from 'node:crypto'
import type { EpochMilliseconds } from '../../storage/records.js'
import { newTotpSecret, toBase32, totpUri } from '../../tokens/totp.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { SecondFactorDependencies } from './dependencies.js'
import { TotpAlreadySetError } from './errors.js'
import { sealSecret } from './sealed-secret.js'

export interface StartTotp {
  readonly userId: string
  readonly sessionId: string
  readonly now: EpochMilliseconds
}

/** What a user needs to add the application to an authenticator app. */
export interface NewTotp {
  /** Base32. */
  readonly secret: string
  readonly uri: string
  readonly expiresAt: EpochMilliseconds
}

/** Time to confirm a new authenticator app, in milliseconds. */
const enrolmentLifetime = 600_000

/**
 * Creates the secret of an authenticator app. It is no second factor until a code confirms it. Replaces one that is not
 * confirmed.
 * @throws {TotpAlreadySetError} @throws {SessionRevokedError}
 */
export async function startTotp(
  dependencies: Pick<
    SecondFactorDependencies,
    'appName' | 'revokedSessions' | 'sealer' | 'secondFactorStore' | 'storage'
  >,
  { userId, sessionId, now }: StartTotp,
): Promise<NewTotp> {
  const { email: account } = await userOfCredential(dependencies, { userId })
  const id = randomUUID()
  const secret = newTotpSecret()
  const expiresAt = now + enrolmentLifetime
  const sealedSecret = sealSecret(dependencies.sealer, secret, id)
  const factor = { id, userId, sealedSecret, createdAt: now, expiresAt, confirmedAt: null, lastStep: null }
  const { outcome } = await dependencies.secondFactorStore.startTotp({ factor, asking: { sessionId, now } })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'alreadySet') throw new TotpAlreadySetError()
  return { secret: toBase32(secret), uri: totpUri(secret, { appName: dependencies.appName, account }), expiresAt }
}
