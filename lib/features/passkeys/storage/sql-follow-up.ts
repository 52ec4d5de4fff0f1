import type { Kysely } from 'kysely'
import type { Expiry } from '../../../storage/sql/purge.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import { removePasskeys } from './sql-records.js'

/** How passkeys follow a change of their user. They stay when the user is disabled. The caller has locked the user. */
export const sqlPasskeyFollowUp: UserFollowUp<Kysely<Tables>> = {
  async deleted(transaction, { userId }) {
    await transaction.deleteFrom('fast_auth_passkey_uses').where('user_id', '=', userId).execute()
    await removePasskeys(transaction, userId)
    return []
  },
  async proven(transaction, { userId }) {
    await removePasskeys(transaction, userId)
    return []
  },
}

/** How uses of passkeys expire. */
export const sqlPasskeyUseExpiry = {
  table: 'fast_auth_passkey_uses',
  time: 'expires_at',
  key: ['challenge_hash'],
  before: ({ now }) => now + 1,
} as const satisfies Expiry
