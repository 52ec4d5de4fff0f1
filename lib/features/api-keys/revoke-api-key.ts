import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import { apiKeyHash } from './api-key-text.js'
import type { ApiKeyDependencies } from './dependencies.js'
import type { ApiKeyStore } from './port.js'

/** Few dependencies, so that the command line can provide them without an application. */
export interface RevokingDependencies extends Pick<ApiKeyDependencies, 'emit' | 'forgetApiKeys'> {
  readonly apiKeyStore: Pick<ApiKeyStore, 'findByHash' | 'delete'>
}

/**
 * `mistyped`: its checksum is wrong, so no such key was ever created. `unknown`: it is not, or no longer, stored.
 * Nothing changes in either case.
 */
export type ApiKeyRevocation =
  | { readonly outcome: 'revoked'; readonly apiKeyId: string; readonly userId: string }
  | { readonly outcome: 'unknown' | 'mistyped' }

/** Deletes the key with this text, of any user and with any prefix: for a key that has leaked. */
export async function revokeApiKey(
  dependencies: RevokingDependencies,
  { key, now }: { readonly key: string; readonly now: EpochMilliseconds },
): Promise<ApiKeyRevocation> {
  const hash = apiKeyHash(key)
  if (hash === null) return { outcome: 'mistyped' }
  const { apiKeyStore } = dependencies
  const found = await apiKeyStore.findByHash({ hash, now })
  if (found === null) return { outcome: 'unknown' }
  const { id: apiKeyId, userId } = found.apiKey
  await apiKeyStore.delete({ apiKeyId, now })
  dependencies.forgetApiKeys([apiKeyId])
  const context = eventContext({ userId, sessionId: null, client: noRequestOrigin, now })
  dependencies.emit({ name: 'authn_token_revoked', apiKeyId, reason: 'revoked', ...context })
  return { outcome: 'revoked', apiKeyId, userId }
}
