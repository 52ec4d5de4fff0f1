import type { UserRecord } from '../records.js'
import { toUser } from './rows.js'
import type { UserRow } from './tables.js'

/** A user's row joined to a record of that user; prefixed, since the two tables share column names. */
export type OwnerRow = { [Column in keyof UserRow as `owner_${Column}`]: UserRow[Column] }

/** Columns to select from `fast_auth_users as owner`, joined to a table with a `user_id`. */
export const ownerColumns = [
  'owner.id as owner_id',
  'owner.email as owner_email',
  'owner.email_confirmed_at as owner_email_confirmed_at',
  'owner.username as owner_username',
  'owner.password_hash as owner_password_hash',
  'owner.profile as owner_profile',
  'owner.created_at as owner_created_at',
  'owner.last_sign_in_at as owner_last_sign_in_at',
  'owner.disabled_at as owner_disabled_at',
] as const

export function toOwner(row: OwnerRow): UserRecord {
  return toUser({
    id: row.owner_id,
    email: row.owner_email,
    email_confirmed_at: row.owner_email_confirmed_at,
    username: row.owner_username,
    password_hash: row.owner_password_hash,
    profile: row.owner_profile,
    created_at: row.owner_created_at,
    last_sign_in_at: row.owner_last_sign_in_at,
    disabled_at: row.owner_disabled_at,
  })
}
