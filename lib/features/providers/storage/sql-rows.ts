import { createHash } from 'node:crypto'
import type { EpochMilliseconds } from '../../../storage/records.js'
import type { IdentityKey, IdentityRecord } from '../port.js'

export interface IdentityRow {
  id: string
  user_id: string
  /** SHA-256 of issuer and subject, which are too long for an index. */
  key_hash: string
  provider: string
  issuer: string
  subject: string
  email: string | null
  created_at: EpochMilliseconds
  last_used_at: EpochMilliseconds | null
}

export interface ProviderFlowRow {
  flow_id: string
  /** `null`: not settled yet. */
  result: string | null
  expires_at: EpochMilliseconds
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_identities: IdentityRow
    fast_auth_provider_flows: ProviderFlowRow
  }
}

/** Hashes issuer and subject. JSON keeps two different pairs apart. */
export const keyHash = ({ issuer, subject }: IdentityKey): string =>
  createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('base64url')

export function fromIdentity(identity: IdentityRecord): IdentityRow {
  return {
    id: identity.id,
    user_id: identity.userId,
    key_hash: keyHash(identity),
    provider: identity.provider,
    issuer: identity.issuer,
    subject: identity.subject,
    email: identity.email,
    created_at: identity.createdAt,
    last_used_at: identity.lastUsedAt,
  }
}

export function toIdentity(row: IdentityRow): IdentityRecord {
  return {
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    issuer: row.issuer,
    subject: row.subject,
    email: row.email,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }
}
