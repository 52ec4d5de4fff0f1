import type { Kysely } from 'kysely'
import type { MembershipKey } from '../../../storage/membership-part.js'
import type { CurrentOrganization, EpochMilliseconds, SessionRecord, UserRecord } from '../../../storage/records.js'
import { lockUser } from '../../../storage/sql/find-user.js'
import { ownerColumns, toOwner } from '../../../storage/sql/owner.js'
import { recordGenerationEnds } from '../../../storage/sql/revoke.js'
import { lockLiveSession, succeedSession } from '../../../storage/sql/session-rows.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type {
  ChangeMemberRole,
  EndMembership,
  ListMembers,
  Member,
  MemberRoleChange,
  MembershipEnding,
  MembershipRecord,
  MembershipStore,
  OrganizationSwitch,
  SwitchOrganization,
} from '../port.js'
import { removeInvitationsTo } from './sql-invitation-records.js'
import {
  changeMemberCount,
  changeSessions,
  decideLocked,
  followMembership,
  hasOtherOwner,
  lockForActor,
  lockOrganization,
  readMembership,
  type SqlMembershipFollowUps,
} from './sql-records.js'
import { toMembership } from './sql-rows.js'

async function list(
  database: Kysely<Tables>,
  { organizationId, afterUserId = '', limit }: ListMembers,
): Promise<Member[]> {
  // The limit comes before the join: PostgreSQL would else read all users before the page, to merge them with the members.
  const page = database
    .selectFrom('fast_auth_memberships')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('user_id', '>', afterUserId)
    .orderBy('user_id')
    .limit(limit)
    .as('page')
  const rows = await database
    .selectFrom(page)
    .innerJoin('fast_auth_users as owner', 'owner.id', 'page.user_id')
    .selectAll('page')
    .select(ownerColumns)
    .orderBy('page.user_id')
    .execute()
  return rows.map(row => ({ membership: toMembership(row), user: toOwner(row) }))
}

/** Reads what a decision about a member needs. The caller has locked the organisation. */
async function readMember(transaction: Kysely<Tables>, key: MembershipKey) {
  return { member: await readMembership(transaction, key), hasOtherOwner: await hasOtherOwner(transaction, key) }
}

async function changeRole(
  transaction: Kysely<Tables>,
  request: ChangeMemberRole,
  followUps: SqlMembershipFollowUps,
): Promise<MemberRoleChange> {
  const { organizationId, userId, role, actor, now } = request
  const locked = await lockForActor(transaction, request)
  const stored = await readMember(transaction, request)
  const decision = decideLocked(locked, actor, { kind: 'changeRole', role, ...stored })
  if (decision !== 'allowed') return { outcome: decision }
  const [member, user] = [stored.member as MembershipRecord, locked.user as UserRecord]
  await transaction
    .updateTable('fast_auth_memberships')
    .set({ role })
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute()
  await removeInvitationsTo(transaction, [organizationId], user.email)
  return {
    outcome: 'changed',
    member: { membership: { ...member, role }, user },
    previousRole: member.role,
    endedGenerations: await changeSessions(transaction, request, { role, now }),
    apiKeyIds: await followMembership(followUps, followUp =>
      followUp.roleChanged(transaction, { organizationId, userId, now }),
    ),
  }
}

async function end(
  transaction: Kysely<Tables>,
  request: EndMembership,
  followUps: SqlMembershipFollowUps,
): Promise<MembershipEnding> {
  const { organizationId, userId, actor, now } = request
  const locked = await lockForActor(transaction, request)
  const stored = await readMember(transaction, request)
  const decision = decideLocked(locked, actor, { kind: 'end', ...stored })
  if (decision !== 'allowed') return { outcome: decision }
  const [member, user] = [stored.member as MembershipRecord, locked.user as UserRecord]
  await transaction
    .deleteFrom('fast_auth_memberships')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute()
  await changeMemberCount(transaction, [organizationId], -1)
  await transaction
    .deleteFrom('fast_auth_invitations')
    .where('invited_by', '=', userId)
    .where('organization_id', '=', organizationId)
    .execute()
  await removeInvitationsTo(transaction, [organizationId], user.email)
  return {
    outcome: 'ended',
    membership: member,
    endedGenerations: await changeSessions(transaction, request, { role: null, now }),
    apiKeyIds: await followMembership(followUps, followUp =>
      followUp.ended(transaction, { organizationId, userId, now }),
    ),
  }
}

/**
 * Lets a session act in an organisation, or in none, and ends its earlier access tokens. As for a refresh, listeners are not notified:
 * the change takes no access away. The caller has locked the session.
 */
export async function switchSession(
  transaction: Kysely<Tables>,
  session: SessionRecord,
  organization: CurrentOrganization | null,
  { idleExpiresAt, now }: { readonly idleExpiresAt: EpochMilliseconds; readonly now: EpochMilliseconds },
): Promise<SessionRecord> {
  await recordGenerationEnds(transaction, ended => ended('id', '=', session.id), { now })
  const generation = session.generation + 1
  return succeedSession(transaction, { ...session, organization }, { generation, idleExpiresAt, now })
}

async function switchOrganization(
  transaction: Kysely<Tables>,
  { sessionId, userId, organizationId, idleExpiresAt, now }: SwitchOrganization,
): Promise<OrganizationSwitch> {
  const user = await lockUser(transaction, userId)
  if (organizationId !== null) await lockOrganization(transaction, organizationId)
  const session = await lockLiveSession(transaction, { sessionId, userId, now })
  if (user === null || session === null) return { outcome: 'sessionEnded' }
  const times = { idleExpiresAt, now }
  if (organizationId === null)
    return { outcome: 'switched', user, session: await switchSession(transaction, session, null, times) }
  const membership = await readMembership(transaction, { organizationId, userId })
  if (membership === null) return { outcome: 'unknown' }
  const organization = { id: organizationId, role: membership.role }
  return { outcome: 'switched', user, session: await switchSession(transaction, session, organization, times) }
}

/** @param followUps what follows a change of memberships, of all features */
export function sqlMembershipStore(database: Kysely<Tables>, followUps: SqlMembershipFollowUps): MembershipStore {
  return {
    list: request => list(database, request),

    changeRole: request => database.transaction().execute(transaction => changeRole(transaction, request, followUps)),

    end: request => database.transaction().execute(transaction => end(transaction, request, followUps)),

    switch: request => database.transaction().execute(transaction => switchOrganization(transaction, request)),
  }
}
