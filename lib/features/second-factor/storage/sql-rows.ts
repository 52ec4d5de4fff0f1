import type { EpochMilliseconds } from '../../../storage/records.js'
import type { RecoveryCodeHash, TotpFactorRecord } from '../port.js'

export interface TotpFactorRow {
  id: string
  user_id: string
  sealed_secret: string
  created_at: EpochMilliseconds
  expires_at: EpochMilliseconds
  confirmed_at: EpochMilliseconds | null
  last_step: number | null
}

export interface RecoveryCodeRow {
  user_id: string
  hash: RecoveryCodeHash
  created_at: EpochMilliseconds
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_totp_factors: TotpFactorRow
    fast_auth_recovery_codes: RecoveryCodeRow
  }
}

export function fromFactor(factor: TotpFactorRecord): TotpFactorRow {
  return {
    id: factor.id,
    user_id: factor.userId,
    sealed_secret: factor.sealedSecret,
    created_at: factor.createdAt,
    expires_at: factor.expiresAt,
    confirmed_at: factor.confirmedAt,
    last_step: factor.lastStep,
  }
}

export function toFactor(row: TotpFactorRow): TotpFactorRecord {
  return {
    id: row.id,
    userId: row.user_id,
    sealedSecret: row.sealed_secret,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    confirmedAt: row.confirmed_at,
    lastStep: row.last_step,
  }
}
