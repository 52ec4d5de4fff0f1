import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { MembershipChange, MembershipFollowUp } from '../../../storage/membership-part.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { noGeneration } from '../../../storage/sql/rows.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserChange, UserFollowUp } from '../../../storage/user-follow-up.js'
import './sql-rows.js'

/** Selects API keys. */
type IsMeant = (apiKey: ExpressionBuilder<Tables, 'fast_auth_api_keys'>) => Expression<SqlBool>

/**
 * Records API keys in the feed. The caller has locked the user or the organisation, so no key is added. The keys are locked in the
 * order of their ids: the deletion of an organisation locks no members.
 */
async function recordKeys(transaction: Kysely<Tables>, isMeant: IsMeant, now: EpochMilliseconds): Promise<string[]> {
  const apiKeys = await transaction
    .selectFrom('fast_auth_api_keys')
    .select('id')
    .where(isMeant)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (apiKeys.length === 0) return []
  await transaction
    .insertInto('fast_auth_revocations')
    .columns(['revoked_at', 'kind', 'id', 'generation'])
    .expression(({ selectFrom, val }) =>
      selectFrom('fast_auth_api_keys')
        .select([val(now).as('revoked_at'), val('apiKey').as('kind'), 'id', val(noGeneration).as('generation')])
        .where(isMeant)
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

/** Does the same, and removes them. */
async function removeKeys(transaction: Kysely<Tables>, isMeant: IsMeant, now: EpochMilliseconds): Promise<string[]> {
  const apiKeyIds = await recordKeys(transaction, isMeant, now)
  await transaction.deleteFrom('fast_auth_api_keys').where(isMeant).execute()
  return apiKeyIds
}

function removeKeysOf(transaction: Kysely<Tables>, { userId, now }: UserChange): Promise<string[]> {
  return removeKeys(transaction, apiKey => apiKey('user_id', '=', userId), now)
}

function ofMember({ organizationId, userId }: MembershipChange): IsMeant {
  return apiKey => apiKey('organization_id', '=', organizationId).and('user_id', '=', userId)
}

/** How API keys follow a change of their user. The caller has locked the user. */
export const sqlApiKeyFollowUp: UserFollowUp<Kysely<Tables>> = {
  deleted: removeKeysOf,
  disabled: (transaction, { userId, now }) => recordKeys(transaction, apiKey => apiKey('user_id', '=', userId), now),
  proven: removeKeysOf,
}

/** How API keys follow a change of memberships. The caller has locked the organisation. */
export const sqlApiKeyMembershipFollowUp: MembershipFollowUp<Kysely<Tables>> = {
  roleChanged: (transaction, change) => recordKeys(transaction, ofMember(change), change.now),
  ended: (transaction, change) => removeKeys(transaction, ofMember(change), change.now),
  organizationDeleted: (transaction, { organizationId, now }) =>
    removeKeys(transaction, apiKey => apiKey('organization_id', '=', organizationId), now),
}
