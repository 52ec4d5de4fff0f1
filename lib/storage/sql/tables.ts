import type { EpochMilliseconds, OneTimeTokenHash, OneTimeTokenPurpose, PasswordHash, Revocation } from '../records.js'

export interface UserRow {
  id: string
  email: string
  email_confirmed_at: EpochMilliseconds | null
  username: string | null
  /** Empty if the record has `null`: the column of earlier releases is NOT NULL, and no hash is empty. */
  password_hash: PasswordHash | ''
  /** JSON text. */
  profile: string
  created_at: EpochMilliseconds
  last_sign_in_at: EpochMilliseconds | null
  disabled_at: EpochMilliseconds | null
}

export interface SessionRow {
  id: string
  user_id: string
  generation: number
  created_at: EpochMilliseconds
  /** Separated by spaces. `null` in rows of release 0.1.0, like the next column. */
  methods: string | null
  authenticated_at: EpochMilliseconds | null
  rotated_at: EpochMilliseconds
  expires_at: EpochMilliseconds
  absolute_expires_at: EpochMilliseconds
  user_agent: string | null
  ip: string | null
  /** `null`: the session acts in no organisation. The next column is `null` too then. */
  organization_id: string | null
  organization_role: string | null
}

export interface OneTimeTokenRow {
  hash: OneTimeTokenHash
  purpose: OneTimeTokenPurpose
  user_id: string
  email: string
  session_id: string | null
  created_at: EpochMilliseconds
  expires_at: EpochMilliseconds
}

export interface RevocationRow {
  revoked_at: EpochMilliseconds
  kind: Revocation['kind']
  id: string
  /** −1 if the record has `null`: it is part of the primary key, and databases sort `null` differently. */
  generation: number
}

export interface OutboxRow {
  id: string
  user_id: string | null
  sealed: string
  created_at: EpochMilliseconds
  next_attempt_at: EpochMilliseconds
  attempts: number
  expires_at: EpochMilliseconds
}

export interface MigrationRow {
  version: number
  name: string
}

/**
 * The database as Kysely knows it: every table and column, in every dialect. Each feature adds its own tables by declaration
 * merging.
 */
export interface Tables {
  fast_auth_users: UserRow
  fast_auth_sessions: SessionRow
  fast_auth_one_time_tokens: OneTimeTokenRow
  fast_auth_revocations: RevocationRow
  fast_auth_outbox: OutboxRow
  fast_auth_migrations: MigrationRow
}
