import type { Kysely } from 'kysely'
import { lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type {
  CreateOrganization,
  DeleteOrganization,
  ListOrganizations,
  MembershipRecord,
  OrganizationCreation,
  OrganizationDeletion,
  OrganizationOfMember,
  OrganizationRecord,
  OrganizationRenaming,
  OrganizationStore,
  RenameOrganization,
} from '../port.js'
import {
  addOrganization,
  changeSessions,
  decideLocked,
  followMembership,
  lockForActor,
  type SqlMembershipFollowUps,
} from './sql-records.js'
import { organizationColumns, toJoinedOrganization, toMembership } from './sql-rows.js'

async function countOwned(transaction: Kysely<Tables>, userId: string): Promise<number> {
  const { total } = await transaction
    .selectFrom('fast_auth_memberships as membership')
    .innerJoin('fast_auth_organizations as organization', 'organization.id', 'membership.organization_id')
    .select(({ fn }) => fn.countAll().as('total'))
    .where('membership.user_id', '=', userId)
    .where('membership.role', '=', 'owner')
    .where('organization.kind', '=', 'shared')
    .executeTakeFirstOrThrow()
  return Number(total)
}

async function create(
  transaction: Kysely<Tables>,
  { organization, userId, maximumOwned, asking }: CreateOrganization,
): Promise<OrganizationCreation> {
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  if ((await countOwned(transaction, userId)) >= maximumOwned) return { outcome: 'limitReached' }
  await addOrganization(transaction, organization, userId)
  return { outcome: 'created' }
}

/** Selects the organisations of a user, with the memberships. */
function ofMember(database: Kysely<Tables>, userId: string) {
  return database
    .selectFrom('fast_auth_memberships as membership')
    .innerJoin('fast_auth_organizations as organization', 'organization.id', 'membership.organization_id')
    .select(organizationColumns)
    .select(['membership.user_id', 'membership.role', 'membership.joined_at'])
    .where('membership.user_id', '=', userId)
}

type OfMemberRow = Parameters<typeof toJoinedOrganization>[0] & Parameters<typeof toMembership>[0]

function toOrganizationOfMember(row: OfMemberRow): OrganizationOfMember {
  return { organization: toJoinedOrganization(row), membership: toMembership(row) }
}

async function list(
  database: Kysely<Tables>,
  { userId, afterId = '', limit }: ListOrganizations,
): Promise<OrganizationOfMember[]> {
  const rows = await ofMember(database, userId)
    .where('membership.organization_id', '>', afterId)
    .orderBy('membership.organization_id')
    .limit(limit)
    .execute()
  return rows.map(toOrganizationOfMember)
}

async function rename(transaction: Kysely<Tables>, request: RenameOrganization): Promise<OrganizationRenaming> {
  const { organizationId, name, actor } = request
  const locked = await lockForActor(transaction, request)
  const decision = decideLocked(locked, actor, { kind: 'manage' })
  if (decision !== 'allowed') return { outcome: decision }
  await transaction.updateTable('fast_auth_organizations').set({ name }).where('id', '=', organizationId).execute()
  const organization = { ...(locked.organization as OrganizationRecord), name }
  return { outcome: 'renamed', organization, membership: locked.acting as MembershipRecord }
}

/** The number of statements does not depend on the number of members. */
async function remove(
  transaction: Kysely<Tables>,
  request: DeleteOrganization,
  followUps: SqlMembershipFollowUps,
): Promise<OrganizationDeletion> {
  const { organizationId, actor, now } = request
  const locked = await lockForActor(transaction, request)
  const decision = decideLocked(locked, actor, { kind: 'collaborate' })
  if (decision !== 'allowed') return { outcome: decision }
  const endedGenerations = await changeSessions(transaction, { organizationId }, { role: null, now })
  const apiKeyIds = await followMembership(followUps, followUp =>
    followUp.organizationDeleted(transaction, { organizationId, now }),
  )
  await transaction.deleteFrom('fast_auth_invitations').where('organization_id', '=', organizationId).execute()
  await transaction.deleteFrom('fast_auth_memberships').where('organization_id', '=', organizationId).execute()
  await transaction.deleteFrom('fast_auth_organizations').where('id', '=', organizationId).execute()
  return { outcome: 'deleted', organization: locked.organization as OrganizationRecord, endedGenerations, apiKeyIds }
}

/** @param followUps what follows a change of memberships, of all features */
export function sqlOrganizationStore(database: Kysely<Tables>, followUps: SqlMembershipFollowUps): OrganizationStore {
  return {
    create: request => database.transaction().execute(transaction => create(transaction, request)),

    async find({ organizationId, userId }) {
      const row = await ofMember(database, userId)
        .where('membership.organization_id', '=', organizationId)
        .executeTakeFirst()
      return row === undefined ? null : toOrganizationOfMember(row)
    },

    list: request => list(database, request),

    rename: request => database.transaction().execute(transaction => rename(transaction, request)),

    delete: request => database.transaction().execute(transaction => remove(transaction, request, followUps)),
  }
}
