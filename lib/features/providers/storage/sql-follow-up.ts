import type { Kysely } from 'kysely'
import type { Expiry } from '../../../storage/sql/purge.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import { removeIdentities } from './sql-records.js'

async function remove(
  transaction: Kysely<Tables>,
  { userId }: { readonly userId: string },
): Promise<readonly string[]> {
  await removeIdentities(transaction, userId)
  return []
}

/** How identities follow a change of their user. They stay when the user is disabled. The caller has locked the user. */
export const sqlIdentityFollowUp: UserFollowUp<Kysely<Tables>> = { deleted: remove, proven: remove }

/** How sign-ins at providers that are under way expire. */
export const sqlProviderFlowExpiry = {
  table: 'fast_auth_provider_flows',
  time: 'expires_at',
  key: ['flow_id'],
  before: ({ now }) => now + 1,
} as const satisfies Expiry
