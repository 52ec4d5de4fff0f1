import type { Kysely } from 'kysely'
import type { Expiry } from '../../../storage/sql/purge.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'

/** How mailed codes follow a change of their user. The caller has locked the user. */
export const sqlSignInCodeFollowUp: UserFollowUp<Kysely<Tables>> = {
  async deleted(transaction, { userId }) {
    await transaction.deleteFrom('fast_auth_sign_in_codes').where('user_id', '=', userId).execute()
    return []
  },
}

/** How mailed codes expire. */
export const sqlSignInCodeExpiry = {
  table: 'fast_auth_sign_in_codes',
  time: 'expires_at',
  key: ['id'],
  before: ({ now }) => now + 1,
} as const satisfies Expiry
