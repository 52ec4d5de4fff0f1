import type { EpochMilliseconds } from '../../../storage/records.js'
import { toJson } from '../../../storage/sql/rows.js'
import type { ApiKeyHash, ApiKeyRecord } from '../api-key-record.js'

export interface ApiKeyRow {
  id: string
  user_id: string
  hash: ApiKeyHash
  name: string
  key_prefix: string
  last_four: string
  /** JSON text: an array of strings. */
  scopes: string
  created_at: EpochMilliseconds
  expires_at: EpochMilliseconds | null
  last_used_at: EpochMilliseconds | null
  /** `null`: the key acts in no organisation. */
  organization_id: string | null
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_api_keys: ApiKeyRow
  }
}

export function fromApiKey(apiKey: ApiKeyRecord): ApiKeyRow {
  return {
    id: apiKey.id,
    user_id: apiKey.userId,
    hash: apiKey.hash,
    name: apiKey.name,
    key_prefix: apiKey.keyPrefix,
    last_four: apiKey.lastFour,
    scopes: toJson(apiKey.scopes),
    created_at: apiKey.createdAt,
    expires_at: apiKey.expiresAt,
    last_used_at: apiKey.lastUsedAt,
    organization_id: apiKey.organizationId,
  }
}

export function toApiKey(row: ApiKeyRow): ApiKeyRecord {
  return {
    id: row.id,
    userId: row.user_id,
    hash: row.hash,
    name: row.name,
    keyPrefix: row.key_prefix,
    lastFour: row.last_four,
    scopes: JSON.parse(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    organizationId: row.organization_id,
  }
}
