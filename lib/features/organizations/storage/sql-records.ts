import type { ExpressionBuilder, Kysely } from 'kysely'
import type { MembershipFollowUp, MembershipKey } from '../../../storage/membership-part.js'
import type { EndedGeneration, EpochMilliseconds, UserRecord } from '../../../storage/records.js'
import { lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { recordGenerationEnds } from '../../../storage/sql/revoke.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { decideMembership, type Intention, type MembershipDecision } from '../decide-membership.js'
import type { Actor, MembershipRecord, OrganizationRecord } from '../port.js'
import { fromMembership, type OrganizationRow, toMembership, toOrganization } from './sql-rows.js'

/** What other features do when a membership changes. */
export type SqlMembershipFollowUps = readonly MembershipFollowUp<Kysely<Tables>>[]

/**
 * Locks the organisation until the transaction ends and returns its row; `null` if there is none. Methods that write its records,
 * or let a session or an API key act in it, lock in this order: users, organisation, sessions and API keys. The deletion of an
 * organisation locks the actor alone, not the members.
 */
export async function lockOrganization(
  transaction: Kysely<Tables>,
  organizationId: string,
): Promise<OrganizationRow | null> {
  const row = await transaction
    .selectFrom('fast_auth_organizations')
    .selectAll()
    .where('id', '=', organizationId)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** Reads a membership; `null` if there is none. In a step that decides on it, the caller has locked the organisation. */
export async function readMembership(
  transaction: Kysely<Tables>,
  { organizationId, userId }: MembershipKey,
): Promise<MembershipRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_memberships')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? null : toMembership(row)
}

/** Returns whether a user other than this one is an owner. The caller has locked the organisation. */
export async function hasOtherOwner(
  transaction: Kysely<Tables>,
  { organizationId, userId }: MembershipKey,
): Promise<boolean> {
  const other = await transaction
    .selectFrom('fast_auth_memberships')
    .select('user_id')
    .where('organization_id', '=', organizationId)
    .where('role', '=', 'owner')
    .where('user_id', '<>', userId)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

/** Stores an organisation with its only member, the owner. */
export async function addOrganization(
  transaction: Kysely<Tables>,
  organization: OrganizationRecord,
  userId: string,
): Promise<void> {
  const { id, name, kind, createdAt } = organization
  const row = { id, name, kind, created_at: createdAt, member_count: 1 }
  await transaction.insertInto('fast_auth_organizations').values(row).execute()
  const owner = { organizationId: id, userId, role: 'owner', joinedAt: createdAt }
  await transaction.insertInto('fast_auth_memberships').values(fromMembership(owner)).execute()
}

/** Changes the number of members of organisations. The caller has locked them. */
export async function changeMemberCount(
  transaction: Kysely<Tables>,
  organizationIds: readonly string[],
  change: 1 | -1,
): Promise<void> {
  await transaction
    .updateTable('fast_auth_organizations')
    .set(({ eb }) => ({ member_count: eb('member_count', '+', change) }))
    .where('id', 'in', organizationIds)
    .execute()
}

/** Stores the membership of a new member. The caller has locked the user and the organisation. */
export async function addMembership(transaction: Kysely<Tables>, membership: MembershipRecord): Promise<void> {
  await transaction.insertInto('fast_auth_memberships').values(fromMembership(membership)).execute()
  await changeMemberCount(transaction, [membership.organizationId], 1)
}

/** Records that are locked until the transaction ends. */
interface LockedOrganization {
  readonly organization: OrganizationRecord | null
  readonly memberCount: number
  readonly acting: MembershipRecord | null
  readonly isAsked: boolean
  /** The member whom the request is about, or the actor. */
  readonly user: UserRecord | null
}

/**
 * Locks the actor, the member whom the request is about, the organisation and the requesting session. The users are locked in the
 * order of their ids, so two calls that lock the same users do not deadlock.
 */
export async function lockForActor(
  transaction: Kysely<Tables>,
  {
    organizationId,
    actor,
    userId = actor.userId,
  }: { readonly organizationId: string; readonly actor: Actor; readonly userId?: string },
): Promise<LockedOrganization> {
  const users = new Map<string, UserRecord | null>()
  for (const id of [actor.userId, userId].sort()) users.set(id, users.get(id) ?? (await lockUser(transaction, id)))
  const row = await lockOrganization(transaction, organizationId)
  return {
    organization: row === null ? null : toOrganization(row),
    memberCount: row?.member_count ?? 0,
    isAsked: await isAskedInTime(transaction, actor.userId, actor.asking),
    acting: await readMembership(transaction, { organizationId, userId: actor.userId }),
    user: users.get(userId) as UserRecord | null,
  }
}

/** Decides whether the actor may do what they want. */
export function decideLocked<Wanted extends Intention>(
  { organization, acting, isAsked }: LockedOrganization,
  actor: Actor,
  intention: Wanted,
): MembershipDecision<Wanted['kind']> | 'sessionEnded' {
  return isAsked ? decideMembership({ organization, acting, actor, intention }) : 'sessionEnded'
}

/**
 * Lets the sessions that act in an organisation act in it with another role, or in none (`null`), and records their generations in
 * the feed. The caller has locked the organisation, so no session is added. The sessions are locked in the order of their ids: the
 * deletion of an organisation locks no members.
 * @param meant the organisation, and the user if only their sessions are meant
 */
export async function changeSessions(
  transaction: Kysely<Tables>,
  { organizationId, userId }: { readonly organizationId: string; readonly userId?: string },
  { role, now }: { readonly role: string | null; readonly now: EpochMilliseconds },
): Promise<EndedGeneration[]> {
  const isMeant = (session: ExpressionBuilder<Tables, 'fast_auth_sessions'>) => {
    const ofOrganization = session('organization_id', '=', organizationId)
    return userId === undefined ? ofOrganization : ofOrganization.and('user_id', '=', userId)
  }
  const sessions = await transaction
    .selectFrom('fast_auth_sessions')
    .select(['id', 'generation'])
    .where(isMeant)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (sessions.length === 0) return []
  await recordGenerationEnds(transaction, isMeant, { now, isUrgent: true })
  const row = { organization_id: role === null ? null : organizationId, organization_role: role }
  await transaction.updateTable('fast_auth_sessions').set(row).where(isMeant).execute()
  return sessions.map(({ id, generation }) => ({ sessionId: id, generation }))
}

/** Calls one function of every feature, one after the other. Returns the ids of all of them. */
export async function followMembership(
  followUps: SqlMembershipFollowUps,
  follow: (followUp: MembershipFollowUp<Kysely<Tables>>) => Promise<readonly string[]>,
): Promise<string[]> {
  const ids: string[] = []
  for (const followUp of followUps) ids.push(...(await follow(followUp)))
  return ids
}
