import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { SessionEndReason } from '../../hooks/hooks.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'

/** What one step of the storage has ended. */
export interface EndedSessions {
  readonly revokedSessionIds: readonly string[]
  /** API keys that the same step has deleted. Default: none. */
  readonly deletedApiKeyIds?: readonly string[]
  /** `null` only if no hook needs it. */
  readonly userId: string | null
  readonly reason: SessionEndReason
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
  /** Calls the other hooks of the operation: after the events, and before `afterSessionEnd`. */
  otherHooks?(): Promise<void> | undefined
}

/** A reused refresh token has an event of its own, `authn_token_reuse`. */
function emitEnds(
  { emit }: Pick<AdministrationDependencies, 'emit'>,
  {
    revokedSessionIds,
    deletedApiKeyIds = [],
    reason,
    ...about
  }: EndedSessions & { readonly reason: Exclude<SessionEndReason, 'refresh_token_reused'> },
): void {
  for (const sessionId of revokedSessionIds)
    emit({ name: 'authn_token_revoked', reason, ...eventContext({ ...about, sessionId }) })
  for (const apiKeyId of deletedApiKeyIds)
    emit({ name: 'authn_token_revoked', apiKeyId, reason, ...eventContext({ ...about, sessionId: null }) })
}

/**
 * Follows every step that ends sessions: this process refuses their tokens and the deleted keys from now on, events are emitted,
 * and the hook `afterSessionEnd` is called, concurrently for all sessions.
 */
export async function sessionsEnded(
  dependencies: Pick<AdministrationDependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions'>,
  ended: EndedSessions,
): Promise<void> {
  const { revokedSessionIds, deletedApiKeyIds = [], userId, reason, client, now } = ended
  dependencies.revokedSessions.add(revokedSessionIds)
  dependencies.forgetApiKeys(deletedApiKeyIds)
  if (reason !== 'refresh_token_reused') emitEnds(dependencies, { ...ended, reason })
  await ended.otherHooks?.()
  if (userId === null) return
  const calls = revokedSessionIds.map(sessionId =>
    runAfterHook(dependencies, 'afterSessionEnd', { userId, sessionId, reason, client, now }),
  )
  await Promise.all(calls)
}
