import type { ApiKey, NewApiKey } from '../../schemas/index.js'
import type { CreatedApiKey } from '../operations/create-api-key.js'
import type { ApiKeyRecord } from '../storage/storage.js'
import { timestamp, timestampOrNull } from './answer-issued-tokens.js'

/** A key as its owner may see it again. */
export function publicApiKey(apiKey: ApiKeyRecord): ApiKey {
  const { id, name, keyPrefix, lastFour, scopes } = apiKey
  return {
    id,
    name,
    keyPrefix,
    lastFour,
    scopes: [...scopes],
    createdAt: timestamp(apiKey.createdAt),
    expiresAt: timestampOrNull(apiKey.expiresAt),
    lastUsedAt: timestampOrNull(apiKey.lastUsedAt),
  }
}

/** A key as its owner sees it once. */
export function publicNewApiKey({ apiKey, key }: CreatedApiKey): NewApiKey {
  return { ...publicApiKey(apiKey), key }
}
