import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import type { IdentityRecord } from './port.js'

/** A change of the identities of a user. */
export interface IdentityChange {
  readonly user: UserRecord
  readonly identity: Pick<IdentityRecord, 'id' | 'provider'>
  readonly reason: 'identity_linked' | 'identity_unlinked'
  readonly revokedSessionIds: readonly string[]
  /** The requesting session; `null` if a sign-in has linked the identity. */
  readonly sessionId: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Follows every change of identities: emits events, ends the sessions in this process, and calls the hooks. */
export async function identityChanged(
  dependencies: Pick<Dependencies, 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions'>,
  { user, identity: { id: identityId, provider }, reason, revokedSessionIds, sessionId, client, now }: IdentityChange,
): Promise<void> {
  const { id: userId } = user
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'authn_identity_change', reason, identityId, provider, ...context })
  const identity = { id: identityId, provider }
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    userId,
    reason: 'identity_unlinked',
    client,
    now,
    otherHooks: () => runAfterHook(dependencies, 'afterIdentityChange', { user, identity, reason, client, now }),
  })
}
