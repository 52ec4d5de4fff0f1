import type { Kysely } from 'kysely'
import { noGeneration } from '../../../storage/sql/rows.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserChange, UserFollowUp } from '../../../storage/user-follow-up.js'
import './sql-rows.js'

/** Records each API key of the user in the feed. The caller has locked the user. */
async function recordKeysOf(transaction: Kysely<Tables>, { userId, now }: UserChange): Promise<string[]> {
  const apiKeys = await transaction
    .selectFrom('fast_auth_api_keys')
    .select('id')
    .where('user_id', '=', userId)
    .forUpdate()
    .execute()
  if (apiKeys.length === 0) return []
  await transaction
    .insertInto('fast_auth_revocations')
    .columns(['revoked_at', 'kind', 'id', 'generation'])
    .expression(({ selectFrom, val }) =>
      selectFrom('fast_auth_api_keys')
        .select([val(now).as('revoked_at'), val('apiKey').as('kind'), 'id', val(noGeneration).as('generation')])
        .where('user_id', '=', userId)
        // The feed may already have a line for a key at this instant.
        .where(({ exists, not, selectFrom: from }) =>
          not(
            exists(
              from('fast_auth_revocations as line')
                .select('line.id')
                .where('line.revoked_at', '=', now)
                .where('line.kind', '=', 'apiKey')
                .whereRef('line.id', '=', 'fast_auth_api_keys.id'),
            ),
          ),
        ),
    )
    .execute()
  return apiKeys.map(({ id }) => id)
}

/** Removes the user's API keys and records them in the feed. The caller has locked the user. */
async function removeKeysOf(transaction: Kysely<Tables>, { userId, now }: UserChange): Promise<string[]> {
  const apiKeyIds = await recordKeysOf(transaction, { userId, now })
  await transaction.deleteFrom('fast_auth_api_keys').where('user_id', '=', userId).execute()
  return apiKeyIds
}

/** How API keys follow a change of their user. The caller has locked the user. */
export const sqlApiKeyFollowUp: UserFollowUp<Kysely<Tables>> = {
  deleted: removeKeysOf,
  disabled: recordKeysOf,
  proven: removeKeysOf,
}
