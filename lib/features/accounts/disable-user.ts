import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'

/** The outcome of `app.fastAuth.disableUser`. */
export type UserDisabling =
  | { readonly outcome: 'disabled'; readonly endedSessions: number }
  | { readonly outcome: 'unknownUser' }

/**
 * Disables a user until they are enabled: sign-ins, mailed links and API keys are refused, and every session ends. Nothing is
 * deleted.
 */
export async function disableUser(
  dependencies: Pick<AdministrationDependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<UserDisabling> {
  const disabling = await dependencies.storage.users.disable({ userId, now })
  if (disabling.outcome === 'unknown') return { outcome: 'unknownUser' }
  const { revokedSessionIds, apiKeyIds = [] } = disabling
  dependencies.forgetApiKeys(apiKeyIds)
  const about = { userId, client: noRequestOrigin, now }
  dependencies.emit({ name: 'user_disabled', ...eventContext({ sessionId: null, ...about }) })
  await sessionsEnded(dependencies, { revokedSessionIds, reason: 'user_disabled', ...about })
  return { outcome: 'disabled', endedSessions: revokedSessionIds.length }
}
