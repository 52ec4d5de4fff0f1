import type { EpochMilliseconds } from '../../../storage/records.js'
import type { SignInCodeHash, SignInCodeRecord } from '../port.js'

export interface SignInCodeRow {
  id: string
  /** `null`: no enabled user had the address when the code was requested. */
  user_id: string | null
  email: string
  hash: SignInCodeHash
  tries_left: number
  created_at: EpochMilliseconds
  expires_at: EpochMilliseconds
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_sign_in_codes: SignInCodeRow
  }
}

export function fromSignInCode(code: SignInCodeRecord): SignInCodeRow {
  return {
    id: code.id,
    user_id: code.userId,
    email: code.email,
    hash: code.hash,
    tries_left: code.triesLeft,
    created_at: code.createdAt,
    expires_at: code.expiresAt,
  }
}

export function toSignInCode(row: SignInCodeRow): SignInCodeRecord {
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    hash: row.hash,
    triesLeft: row.tries_left,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
