import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { MembershipChangeHookContext } from '../../hooks/organization-hooks.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import type { EndedAccess, MembershipRecord } from './port.js'

/** The request that has changed something. */
export interface ChangeRequest {
  /** The user who has requested it. */
  readonly userId: string
  readonly sessionId: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

export type AftermathDependencies = Pick<Dependencies, 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions'>

/** Lets this process refuse access tokens with a former role, and read the keys again, before the change is acknowledged. */
export function endAccess(
  { forgetApiKeys, revokedSessions }: Pick<Dependencies, 'forgetApiKeys' | 'revokedSessions'>,
  { endedGenerations, apiKeyIds = [] }: EndedAccess,
): void {
  for (const { sessionId, generation } of endedGenerations) revokedSessions.addGeneration(sessionId, generation)
  forgetApiKeys(apiKeyIds)
}

/** API keys that were removed with memberships. */
export interface RemovedKeys {
  readonly apiKeyIds: readonly string[] | undefined
  /** Their user; `null`: they are of several members. */
  readonly userId: string | null
}

/** Emits the end of API keys. */
export function emitKeyEnds(
  { emit }: Pick<Dependencies, 'emit'>,
  { apiKeyIds = [], userId }: RemovedKeys,
  { client, now }: ChangeRequest,
): void {
  const context = eventContext({ userId, sessionId: null, client, now })
  for (const apiKeyId of apiKeyIds)
    emit({ name: 'authn_token_revoked', apiKeyId, reason: 'membership_ended', ...context })
}

/** Follows every change of a membership: emits the event and calls the hook. */
export async function membershipChanged(
  dependencies: AftermathDependencies,
  membership: MembershipRecord,
  reason: MembershipChangeHookContext['reason'],
  { userId, sessionId, client, now }: ChangeRequest,
): Promise<void> {
  const { organizationId, userId: memberId, role } = membership
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'organization_membership_change', organizationId, memberId, role, reason, ...context })
  await runAfterHook(dependencies, 'afterMembershipChange', {
    userId,
    membership: { organizationId, userId: memberId, role },
    reason,
    client,
    now,
  })
}
