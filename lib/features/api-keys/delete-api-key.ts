import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import type { ApiKeyDependencies } from './dependencies.js'
import { ApiKeyNotFoundError } from './errors.js'

export interface DeleteApiKey {
  readonly userId: string
  /** The requesting session. */
  readonly sessionId: string
  readonly apiKeyId: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Deletes one API key of this user permanently. This process refuses the key from then on, even if the storage had deleted it
 * before and only the answer was lost. @throws {ApiKeyNotFoundError} also if the key belongs to another user.
 * @throws {SessionRevokedError} The session has ended.
 */
export async function deleteApiKey(
  dependencies: Pick<ApiKeyDependencies, 'apiKeys' | 'apiKeyStore' | 'emit' | 'revokedSessions'>,
  { userId, sessionId, apiKeyId, client, now }: DeleteApiKey,
): Promise<void> {
  const { outcome } = await dependencies.apiKeyStore.delete({ apiKeyId, userId, asking: { sessionId, now }, now })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  dependencies.apiKeys.verified.forget([apiKeyId])
  if (outcome === 'unknown') throw new ApiKeyNotFoundError()
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'authn_token_delete', apiKeyId, ...context })
}
