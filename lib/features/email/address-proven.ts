import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import type { ProvenAddress } from './port.js'

/** Follows a step that may have proven an address for the first time, and removed what the account had before. */
export async function addressProven(
  dependencies: Pick<Dependencies, 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions'>,
  { user, isProvenNow, revokedSessionIds, deletedApiKeyIds = [] }: ProvenAddress,
  { client, now }: { readonly client: RequestOrigin; readonly now: EpochMilliseconds },
): Promise<void> {
  if (!isProvenNow) return
  const context = eventContext({ userId: user.id, sessionId: null, client, now })
  dependencies.emit({ name: 'user_updated', reason: 'email_confirmed', ...context })
  const about = { userId: user.id, reason: 'email_confirmed', client, now } as const
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    deletedApiKeyIds,
    ...about,
    otherHooks: () => runAfterHook(dependencies, 'afterEmailConfirm', { user, ...about }),
  })
}
