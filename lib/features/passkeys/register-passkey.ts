import { randomUUID } from 'node:crypto'
import type { RegistrationCredential } from '../../../schemas/passkeys/credential.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { acceptedName } from '../accepted-name.js'
import { secondFactorsOf } from '../proof-source.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import { assertMayAddPasskeys } from './assert-may-add-passkeys.js'
import { challengeIn } from './client-data.js'
import type { PasskeyDependencies } from './dependencies.js'
import { PasskeyAlreadyRegisteredError, PasskeyLimitReachedError, PasskeyRegistrationInvalidError } from './errors.js'
import { passkeyChanged, passkeyMessages } from './passkey-changed.js'
import type { ChallengeHash, PasskeyRecord } from './port.js'

export interface RegisterPasskey {
  readonly userId: string
  readonly sessionId: string
  readonly credential: RegistrationCredential
  /** `undefined`: a name that says only that it is a passkey. */
  readonly name: string | undefined
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

const defaultName = 'Passkey'

/**
 * Stores a passkey that was created with the options of `startPasskeyRegistration`. If the user has set up a second factor since
 * then, the session must have it: the passkey replaces that factor.
 * @throws {ValidationError} @throws {PasskeyRegistrationInvalidError} @throws {PasskeyAlreadyRegisteredError}
 * @throws {PasskeyLimitReachedError} @throws {EmailNotConfirmedError} @throws {SessionRevokedError}
 */
export async function registerPasskey(
  dependencies: Pick<
    PasskeyDependencies,
    | 'email'
    | 'emit'
    | 'forgetApiKeys'
    | 'hooks'
    | 'passkeyChallenges'
    | 'passkeySettings'
    | 'passkeyStore'
    | 'passkeyVerifier'
    | 'proofSources'
    | 'revokedSessions'
    | 'storage'
  >,
  { userId, sessionId, credential, name: typed, proven, client, now }: RegisterPasskey,
): Promise<PasskeyRecord> {
  const name = typed === undefined ? defaultName : acceptedName(typed)
  const user = await userOfCredential(dependencies, { userId })
  assertMayAddPasskeys(dependencies, user)
  const challenge = challengeIn(credential.response.clientDataJSON)
  const issued = challenge === null ? null : dependencies.passkeyChallenges.readRegistration(challenge, now)
  if (challenge === null || issued?.sessionId !== sessionId) throw new PasskeyRegistrationInvalidError()
  if (!proven.hasSecondFactor && (await secondFactorsOf(dependencies, userId)).length > 0)
    throw new PasskeyRegistrationInvalidError()
  const verified = await dependencies.passkeyVerifier.verifyRegistration(credential, challenge)
  if (verified === null) throw new PasskeyRegistrationInvalidError()
  const passkey: PasskeyRecord = {
    ...verified,
    id: randomUUID(),
    userId,
    userHandle: issued.userHandle,
    name,
    transports: credential.response.transports ?? [],
    createdAt: now,
    lastUsedAt: null,
  }
  const { outcome } = await dependencies.passkeyStore.register({
    passkey,
    challengeHash: issued.challengeHash as ChallengeHash,
    challengeExpiresAt: issued.expiresAt,
    maximumPerUser: dependencies.passkeySettings.maximumPerUser,
    asking: { sessionId, now },
    messages: passkeyMessages(dependencies, { user, kind: 'passkeyAdded', now }),
  })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'spent') throw new PasskeyRegistrationInvalidError()
  if (outcome === 'taken') throw new PasskeyAlreadyRegisteredError()
  if (outcome === 'limitReached') throw new PasskeyLimitReachedError()
  dependencies.email?.notifyDelivery()
  const change = { user, passkey, reason: 'passkey_added', revokedSessionIds: [], sessionId, client, now } as const
  await passkeyChanged(dependencies, change)
  return passkey
}
