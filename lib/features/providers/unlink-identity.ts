import { LastSignInMethodError } from '../../errors/index.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import type { ProviderDependencies } from './dependencies.js'
import { IdentityNotFoundError } from './errors.js'
import { identityChanged } from './identity-changed.js'
import { identityMessages } from './identity-messages.js'

export interface UnlinkIdentity {
  readonly userId: string
  readonly sessionId: string
  readonly identityId: string
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Unlinks an identity of the user. The other sessions that were opened with a provider end in the same step.
 * @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError} @throws {IdentityNotFoundError}
 * @throws {LastSignInMethodError} @throws {SessionRevokedError}
 */
export async function unlinkIdentity(
  dependencies: ProviderDependencies,
  { userId, sessionId, identityId, proven, client, now }: UnlinkIdentity,
): Promise<void> {
  const request = { userId, sessionId, password: undefined, proven, client, now }
  const { user } = await proveRecently(dependencies, request)
  const unlinking = await dependencies.identities.unlink({
    identityId,
    userId,
    asking: { sessionId, now },
    now,
    messages: identityMessages(dependencies, { user, kind: 'identityUnlinked', now }),
    mayBeLast: dependencies.proofSources.some(({ isForEveryone }) => isForEveryone === true),
  })
  if (unlinking.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (unlinking.outcome === 'unknown') throw new IdentityNotFoundError()
  if (unlinking.outcome === 'lastSignInMethod') throw new LastSignInMethodError()
  dependencies.email?.notifyDelivery()
  const { identity, revokedSessionIds } = unlinking
  const change = { user, identity, reason: 'identity_unlinked', revokedSessionIds, sessionId, client, now } as const
  await identityChanged(dependencies, change)
}
