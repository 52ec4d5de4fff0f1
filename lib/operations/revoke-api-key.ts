import type { EpochMilliseconds } from '../storage/storage.js'
import { apiKeyHash } from '../tokens/api-key.js'
import type { Dependencies } from './dependencies.js'
import { noRequestOrigin } from './request-origin.js'

/** What it takes: little, so that the command line can do it without an application. */
export interface RevokingDependencies extends Pick<Dependencies, 'emit'> {
  readonly storage: { readonly apiKeys: Pick<Dependencies['storage']['apiKeys'], 'findByHash' | 'delete'> }
  readonly apiKeys: { readonly verified: Pick<Dependencies['apiKeys']['verified'], 'forget'> }
}

/**
 * `mistyped`: its checksum is wrong, so no key was ever like this. `unknown`: it is no key of ours, or not any more.
 * Nothing is changed then.
 */
export type ApiKeyRevocation =
  | { readonly outcome: 'revoked'; readonly apiKeyId: string; readonly userId: string }
  | { readonly outcome: 'unknown' | 'mistyped' }

/** Deletes the key that reads like this, whoever's it is and whatever it begins with: for one that has leaked. */
export async function revokeApiKey(
  dependencies: RevokingDependencies,
  { key, now }: { readonly key: string; readonly now: EpochMilliseconds },
): Promise<ApiKeyRevocation> {
  const hash = apiKeyHash(key)
  if (hash === null) return { outcome: 'mistyped' }
  const { apiKeys } = dependencies.storage
  const found = await apiKeys.findByHash({ hash, now })
  if (found === null) return { outcome: 'unknown' }
  const { id: apiKeyId, userId } = found.apiKey
  await apiKeys.delete({ apiKeyId, now })
  dependencies.apiKeys.verified.forget([apiKeyId])
  const about = { at: new Date(now).toISOString(), userId, apiKeyId, sessionId: null, ...noRequestOrigin }
  dependencies.emit({ name: 'authn_token_revoked', reason: 'revoked', ...about })
  return { outcome: 'revoked', apiKeyId, userId }
}
