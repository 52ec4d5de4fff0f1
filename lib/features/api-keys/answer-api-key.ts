import type { ApiKey, NewApiKey } from '../../../schemas/index.js'
import { timestamp, timestampOrNull } from '../../http/answer-issued-tokens.js'
import type { ApiKeyRecord } from './api-key-record.js'
import type { CreatedApiKey } from './create-api-key.js'

/** Returns the fields of a key that its owner may see at any time. The organisation is in the schema only with organisations. */
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
    organizationId: apiKey.organizationId,
  }
}

/** Returns a new key, which its owner sees only once. */
export function publicNewApiKey({ apiKey, key }: CreatedApiKey): NewApiKey {
  return { ...publicApiKey(apiKey), key }
}
