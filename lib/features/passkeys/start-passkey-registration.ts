import { randomBytes } from 'node:crypto'
import type { PasskeyCreationOptions } from '../../../schemas/passkeys/start-passkey-registration.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { challengeLifetime, userHandleBytes } from '../../tokens/passkey-challenge.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { assertMayAddPasskeys } from './assert-may-add-passkeys.js'
import type { PasskeyDependencies } from './dependencies.js'
import { PasskeyLimitReachedError } from './errors.js'
import { algorithms } from './passkey-verifier.js'

export interface StartPasskeyRegistration {
  readonly userId: string
  readonly sessionId: string
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Returns the options with which a browser creates a passkey for the user. All passkeys of a user have the same user handle.
 * Writes nothing.
 * @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError} @throws {SessionRevokedError}
 * @throws {EmailNotConfirmedError} @throws {PasskeyLimitReachedError}
 */
export async function startPasskeyRegistration(
  dependencies: Pick<
    PasskeyDependencies,
    | 'email'
    | 'emit'
    | 'limits'
    | 'passkeyChallenges'
    | 'passkeySettings'
    | 'passkeyStore'
    | 'passwords'
    | 'proofSources'
    | 'storage'
  >,
  { userId, sessionId, proven, client, now }: StartPasskeyRegistration,
): Promise<PasskeyCreationOptions> {
  const asking = { userId, sessionId, password: undefined, proven, client, now }
  const { user } = await proveRecently(dependencies, asking)
  assertMayAddPasskeys(dependencies, user)
  const { rpId, rpName, maximumPerUser } = dependencies.passkeySettings
  const passkeys = await dependencies.passkeyStore.list({ userId })
  if (passkeys.length >= maximumPerUser) throw new PasskeyLimitReachedError()
  const [oldest] = passkeys
  const userHandle = oldest?.userHandle ?? randomBytes(userHandleBytes).toString('base64url')
  return {
    rp: { id: rpId, name: rpName },
    user: { id: userHandle, name: user.email, displayName: user.username ?? user.email },
    challenge: dependencies.passkeyChallenges.issueRegistration({ sessionId, userHandle }, now),
    pubKeyCredParams: algorithms.map(alg => ({ type: 'public-key', alg })),
    timeout: challengeLifetime,
    excludeCredentials: passkeys.map(({ credentialId: id, transports }) => ({
      type: 'public-key',
      id,
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  }
}
