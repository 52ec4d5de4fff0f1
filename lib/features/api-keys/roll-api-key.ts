import { randomUUID } from 'node:crypto'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { newApiKey } from './api-key-text.js'
import type { CreatedApiKey } from './create-api-key.js'
import type { ApiKeyDependencies } from './dependencies.js'
import { ApiKeyLimitReachedError, ApiKeyNotFoundError } from './errors.js'

export interface RollApiKey {
  readonly userId: string
  /** The requesting session. */
  readonly sessionId: string
  readonly apiKeyId: string
  readonly overlapSeconds: number
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000
}

/**
 * Exchanges an API key of this user for a successor with the same name and scopes. The old key ends after the overlap, and
 * never later than it would have. Within its overlap it may be rolled again: the further successor ends when the key itself
 * was then due to end.
 * @throws {ApiKeyNotFoundError} also if the key belongs to another user. @throws {ApiKeyLimitReachedError} if an overlap
 * would exceed the number of keys. @throws {SessionRevokedError} The session has ended.
 */
export async function rollApiKey(
  dependencies: Pick<ApiKeyDependencies, 'apiKeys' | 'apiKeyStore' | 'emit' | 'revokedSessions'>,
  { userId, sessionId, apiKeyId, overlapSeconds, client, now }: RollApiKey,
): Promise<CreatedApiKey> {
  const { prefix, maximumPerUser, maximumLifetimeSeconds, verified } = dependencies.apiKeys
  const { key, ...made } = newApiKey(prefix)
  const roll = await dependencies.apiKeyStore.roll({
    apiKeyId,
    userId,
    successor: { id: randomUUID(), ...made },
    overlapMilliseconds: overlapSeconds * 1000,
    maximumLifetimeMilliseconds: milliseconds(maximumLifetimeSeconds),
    maximumPerUser,
    asking: { sessionId, now },
    now,
  })
  verified.forget([apiKeyId])
  if (roll.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (roll.outcome === 'unknown') throw new ApiKeyNotFoundError()
  if (roll.outcome === 'limitReached') throw new ApiKeyLimitReachedError()
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'authn_token_created', apiKeyId: roll.successor.id, reason: 'rolled', ...context })
  dependencies.emit({ name: 'authn_token_revoked', apiKeyId, reason: 'rolled', ...context })
  return { apiKey: roll.successor, key }
}
