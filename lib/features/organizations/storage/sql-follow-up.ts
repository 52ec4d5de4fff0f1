import type { Kysely } from 'kysely'
import type { MembershipPart } from '../../../storage/membership-part.js'
import type { UserRecord } from '../../../storage/records.js'
import { findUser } from '../../../storage/sql/find-user.js'
import { absentId } from '../../../storage/sql/insert-nothing.js'
import type { Expiry } from '../../../storage/sql/purge.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserChange, UserFollowUp } from '../../../storage/user-follow-up.js'
import type { SqlUserAdditionPart } from '../../accounts/storage/sql.js'
import { removeInvitationsTo } from './sql-invitation-records.js'
import { addOrganization, changeMemberCount, lockOrganization, readMembership } from './sql-records.js'

/** Reads memberships for other features. */
export const sqlMembershipPart: MembershipPart<Kysely<Tables>> = {
  roleOf: async (database, key) => (await readMembership(database, key))?.role ?? null,

  async lockRole(transaction, key) {
    await lockOrganization(transaction, key.organizationId)
    return (await readMembership(transaction, key))?.role ?? null
  },
}

/** Runs the insertion of an organisation with its owner, but inserts none. */
async function addNoOrganization(transaction: Kysely<Tables>): Promise<void> {
  const noOrganization = transaction.selectFrom('fast_auth_organizations').selectAll().where('id', '=', absentId)
  await transaction.insertInto('fast_auth_organizations').expression(noOrganization).execute()
  const noMember = transaction.selectFrom('fast_auth_memberships').selectAll().where('organization_id', '=', absentId)
  await transaction.insertInto('fast_auth_memberships').expression(noMember).execute()
}

/** Stores the personal organisation of a new user. */
export const sqlOrganizationAdditions: SqlUserAdditionPart = {
  async write(transaction, { user, additions: { personalOrganization } = {} }) {
    if (personalOrganization !== undefined) await addOrganization(transaction, personalOrganization, user.id)
  },
  async writeNothing(transaction, { additions: { personalOrganization } = {} }) {
    if (personalOrganization !== undefined) await addNoOrganization(transaction)
  },
}

/** How many organisations a statement names: it stays small. */
const maximumNamedTogether = 1_000

function* inBatches(ids: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += maximumNamedTogether)
    yield ids.slice(start, start + maximumNamedTogether)
}

/** Selects the organisations of the user in the order of their ids. */
async function organizationsOf(transaction: Kysely<Tables>, userId: string): Promise<string[]> {
  const memberships = await transaction
    .selectFrom('fast_auth_memberships')
    .select('organization_id')
    .where('user_id', '=', userId)
    .orderBy('organization_id')
    .execute()
  return memberships.map(membership => membership.organization_id)
}

/** Locks the organisations in the order of their ids. */
async function lockOrganizations(transaction: Kysely<Tables>, organizationIds: readonly string[]): Promise<void> {
  for (const ids of inBatches(organizationIds))
    await transaction
      .selectFrom('fast_auth_organizations')
      .select('id')
      .where('id', 'in', ids)
      .orderBy('id')
      .forUpdate()
      .execute()
}

/** Locks the organisations of the user. The caller has locked the user, so none is added. */
async function orphaned(transaction: Kysely<Tables>, { userId }: UserChange): Promise<string[]> {
  await lockOrganizations(transaction, await organizationsOf(transaction, userId))
  const rows = await transaction
    .selectFrom('fast_auth_memberships as membership')
    .innerJoin('fast_auth_organizations as organization', 'organization.id', 'membership.organization_id')
    .select('membership.organization_id')
    .where('membership.user_id', '=', userId)
    .where('membership.role', '=', 'owner')
    .where('organization.kind', '=', 'shared')
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('fast_auth_memberships as other')
            .select('other.user_id')
            .whereRef('other.organization_id', '=', 'membership.organization_id')
            .where('other.role', '=', 'owner')
            .where('other.user_id', '<>', userId),
        ),
      ),
    )
    .orderBy('membership.organization_id')
    .execute()
  return rows.map(row => row.organization_id)
}

/** Removes the invitations that the user has sent. */
async function removeInvitationsBy(transaction: Kysely<Tables>, { userId }: UserChange): Promise<string[]> {
  await transaction.deleteFrom('fast_auth_invitations').where('invited_by', '=', userId).execute()
  return []
}

/**
 * How memberships follow a change of their user. The caller has locked the user; `orphaned` has locked the organisations in the same
 * step. Sessions and API keys of the user are removed by their own features.
 */
export const sqlMembershipUserFollowUp: UserFollowUp<Kysely<Tables>> = {
  orphaned,

  disabled: removeInvitationsBy,

  proven: removeInvitationsBy,

  async addressChanged(transaction, { userId }) {
    const { email } = (await findUser(transaction, 'id', userId)) as UserRecord
    for (const ids of inBatches(await organizationsOf(transaction, userId)))
      await removeInvitationsTo(transaction, ids, email)
    return []
  },

  async deleted(transaction, change) {
    const { userId } = change
    const { email } = (await findUser(transaction, 'id', userId)) as UserRecord
    for (const ids of inBatches(await organizationsOf(transaction, userId))) {
      await removeInvitationsTo(transaction, ids, email)
      await changeMemberCount(transaction, ids, -1)
      await transaction
        .deleteFrom('fast_auth_organizations')
        .where('id', 'in', ids)
        .where('kind', '=', 'personal')
        .execute()
    }
    await removeInvitationsBy(transaction, change)
    await transaction.deleteFrom('fast_auth_memberships').where('user_id', '=', userId).execute()
    return []
  },
}

/** How invitations expire. */
export const sqlInvitationExpiry = {
  table: 'fast_auth_invitations',
  time: 'expires_at',
  key: ['id'],
  before: ({ now }) => now + 1,
} as const satisfies Expiry
