import { createHash } from 'node:crypto'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { toJson } from '../../../storage/sql/rows.js'
import type { ChallengeHash, PasskeyRecord } from '../port.js'

export interface PasskeyRow {
  id: string
  user_id: string
  /** SHA-256 of the credential id, which is too long for an index. */
  credential_hash: string
  credential_id: string
  public_key: string
  user_handle: string
  name: string
  counter: number
  /** 0 or 1. */
  backed_up: number
  /** JSON text: an array of strings. */
  transports: string
  created_at: EpochMilliseconds
  last_used_at: EpochMilliseconds | null
}

/** A use of a passkey: the challenge that it spent, and the session that it proved; `null` for a registration. */
export interface PasskeyUseRow {
  challenge_hash: ChallengeHash
  user_id: string
  passkey_id: string
  session_id: string | null
  expires_at: EpochMilliseconds
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_passkeys: PasskeyRow
    fast_auth_passkey_uses: PasskeyUseRow
  }
}

export const credentialHash = (credentialId: string): string =>
  createHash('sha256').update(credentialId).digest('base64url')

export function fromPasskey(passkey: PasskeyRecord): PasskeyRow {
  return {
    id: passkey.id,
    user_id: passkey.userId,
    credential_hash: credentialHash(passkey.credentialId),
    credential_id: passkey.credentialId,
    public_key: passkey.publicKey,
    user_handle: passkey.userHandle,
    name: passkey.name,
    counter: passkey.counter,
    backed_up: passkey.backedUp ? 1 : 0,
    transports: toJson(passkey.transports),
    created_at: passkey.createdAt,
    last_used_at: passkey.lastUsedAt,
  }
}

export function toPasskey(row: PasskeyRow): PasskeyRecord {
  return {
    id: row.id,
    userId: row.user_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    userHandle: row.user_handle,
    name: row.name,
    counter: row.counter,
    backedUp: row.backed_up === 1,
    transports: JSON.parse(row.transports),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }
}
