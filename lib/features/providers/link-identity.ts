import { randomUUID } from 'node:crypto'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { ProviderDependencies } from './dependencies.js'
import { IdentityInUseError, IdentityLimitReachedError } from './errors.js'
import { identityChanged } from './identity-changed.js'
import { identityMessages } from './identity-messages.js'
import type { ProviderIdentity } from './provider.js'
import type { LinkingSession } from './provider-flow.js'

export interface LinkIdentity {
  /** The name of the provider. */
  readonly provider: string
  readonly identity: Pick<ProviderIdentity, 'issuer' | 'subject' | 'email'>
  readonly linking: LinkingSession
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Links an identity to the user whose session began the flow. Linking it once more changes nothing.
 * @throws {SessionRevokedError} The session has ended since. @throws {IdentityInUseError} @throws {IdentityLimitReachedError}
 */
export async function linkIdentity(
  dependencies: Pick<
    ProviderDependencies,
    'email' | 'emit' | 'forgetApiKeys' | 'hooks' | 'identities' | 'providerSettings' | 'revokedSessions' | 'storage'
  >,
  { provider, identity: { issuer, subject, email }, linking, client, now }: LinkIdentity,
): Promise<UserRecord> {
  const { userId, sessionId } = linking
  const user = await userOfCredential(dependencies, { userId })
  const identity = { id: randomUUID(), userId, provider, issuer, subject, email, createdAt: now, lastUsedAt: null }
  const { outcome } = await dependencies.identities.link({
    identity,
    maximumPerUser: dependencies.providerSettings.maximumPerUser,
    asking: { sessionId, now },
    messages: identityMessages(dependencies, { user, kind: 'identityLinked', now }),
  })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'identityTaken') throw new IdentityInUseError()
  if (outcome === 'limitReached') throw new IdentityLimitReachedError()
  if (outcome === 'present') return user
  dependencies.email?.notifyDelivery()
  const change = { user, identity, reason: 'identity_linked', revokedSessionIds: [], sessionId, client, now } as const
  await identityChanged(dependencies, change)
  return user
}
