import type { Kysely } from 'kysely'
import { lockUser } from '../../../storage/sql/find-user.js'
import { fromSession } from '../../../storage/sql/rows.js'
import { lockLiveSession } from '../../../storage/sql/session-rows.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { createUser, discardTokens, type SqlUserAdditionPart } from '../../accounts/storage/sql.js'
import { isInvitationLive } from '../decide-membership.js'
import type {
  AcceptInvitation,
  InvitationAcceptance,
  InvitationIssue,
  InvitationRecord,
  InvitationRevocation,
  InvitationStore,
  InvitationToOrganization,
  InvitedUserCreation,
  IssueInvitation,
  ListInvitations,
  PresentedInvitation,
  RevokeInvitation,
  SignUpWithInvitation,
} from '../port.js'
import { countWaiting, lockInvitation, removeInvitation, removeInvitationsTo } from './sql-invitation-records.js'
import { switchSession } from './sql-memberships.js'
import { addMembership, decideLocked, lockForActor, readMembership } from './sql-records.js'
import {
  fromInvitation,
  organizationColumns,
  toInvitation,
  toJoinedOrganization,
  toMembership,
  toOrganization,
} from './sql-rows.js'

async function issue(
  transaction: Kysely<Tables>,
  { invitation, maximumMembers, actor, messages }: IssueInvitation,
): Promise<InvitationIssue> {
  const { organizationId, email, role } = invitation
  const locked = await lockForActor(transaction, { organizationId, actor })
  const decision = decideLocked(locked, actor, { kind: 'invite', role })
  if (decision !== 'allowed') return { outcome: decision }
  const waiting = await countWaiting(transaction, invitation)
  if (locked.memberCount + waiting >= maximumMembers) return { outcome: 'full' }
  await removeInvitationsTo(transaction, [organizationId], email)
  await transaction.insertInto('fast_auth_invitations').values(fromInvitation(invitation)).execute()
  await storeMessages(transaction, messages)
  return { outcome: 'issued' }
}

/** One statement: it sees the invitation, the membership of its sender and the organisation as of one moment. */
async function find(
  database: Kysely<Tables>,
  presented: PresentedInvitation,
): Promise<InvitationToOrganization | null> {
  const row = await database
    .selectFrom('fast_auth_invitations as invitation')
    .innerJoin('fast_auth_organizations as organization', 'organization.id', 'invitation.organization_id')
    .innerJoin('fast_auth_memberships as inviter', join =>
      join
        .onRef('inviter.organization_id', '=', 'invitation.organization_id')
        .onRef('inviter.user_id', '=', 'invitation.invited_by'),
    )
    .selectAll('invitation')
    .select(organizationColumns)
    .select(['inviter.user_id', 'inviter.role as inviter_role', 'inviter.joined_at'])
    .where('invitation.hash', '=', presented.hash)
    .executeTakeFirst()
  if (row === undefined) return null
  const invitation = toInvitation(row)
  const inviter = toMembership({ ...row, role: row.inviter_role })
  return isInvitationLive(invitation, inviter, presented)
    ? { invitation, organization: toJoinedOrganization(row) }
    : null
}

async function list(
  database: Kysely<Tables>,
  { organizationId, now, afterId = '', limit }: ListInvitations,
): Promise<InvitationRecord[]> {
  const rows = await database
    .selectFrom('fast_auth_invitations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '>', afterId)
    .where('expires_at', '>', now)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toInvitation)
}

async function revoke(transaction: Kysely<Tables>, request: RevokeInvitation): Promise<InvitationRevocation> {
  const { organizationId, invitationId, actor } = request
  const locked = await lockForActor(transaction, request)
  const decision = decideLocked(locked, actor, { kind: 'collaborate' })
  if (decision !== 'allowed') return { outcome: decision }
  const row = await transaction
    .selectFrom('fast_auth_invitations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', invitationId)
    .executeTakeFirst()
  if (row === undefined) return { outcome: 'unknownInvitation' }
  const invitation = toInvitation(row)
  await removeInvitation(transaction, invitation)
  return { outcome: 'revoked', invitation }
}

async function decline(transaction: Kysely<Tables>, presented: PresentedInvitation) {
  const found = await lockInvitation(transaction, presented)
  if (found === null) return { outcome: 'invalid' } as const
  const { invitation, organization } = found
  await removeInvitation(transaction, invitation)
  return { outcome: 'declined', invitation, organization: toOrganization(organization) } as const
}

async function accept(
  transaction: Kysely<Tables>,
  { userId, asking, idleExpiresAt, maximumMembers, ...presented }: AcceptInvitation,
): Promise<InvitationAcceptance> {
  const { now } = presented
  const user = await lockUser(transaction, userId)
  const found = await lockInvitation(transaction, presented)
  const session = await lockLiveSession(transaction, { ...asking, userId })
  if (user === null || session === null) return { outcome: 'sessionEnded' }
  if (found?.invitation.email !== user.email) return { outcome: 'invalid' }
  const { invitation, organization } = found
  const key = { organizationId: organization.id, userId }
  const present = await readMembership(transaction, key)
  if (present === null && organization.member_count >= maximumMembers) return { outcome: 'full' }
  const membership = present ?? { ...key, role: invitation.role, joinedAt: now }
  if (present === null) await addMembership(transaction, membership)
  await removeInvitation(transaction, invitation)
  const emailConfirmedAt = user.emailConfirmedAt ?? now
  const row = { email_confirmed_at: emailConfirmedAt }
  await transaction.updateTable('fast_auth_users').set(row).where('id', '=', userId).execute()
  await discardTokens(transaction, userId, ['confirmEmail'])
  const current = { id: organization.id, role: membership.role }
  return {
    outcome: 'accepted',
    user: { ...user, emailConfirmedAt },
    session: await switchSession(transaction, session, current, { idleExpiresAt, now }),
    organization: toOrganization(organization),
    membership,
    isNewMember: present === null,
  }
}

/** Rolls a step back whose user cannot become a member. */
class Refused extends Error {
  readonly outcome: Extract<InvitedUserCreation['outcome'], 'invalid' | 'full'>

  constructor(outcome: Refused['outcome']) {
    super('The invitation does not admit the new user')
    this.outcome = outcome
  }
}

/**
 * Writes the user before it locks the organisation, as every step does: a concurrent sign-up with the address then waits for the
 * user alone. Writes the session, which acts in the organisation, after it: a concurrent deletion locks both in this order.
 * @throws {Refused} The step is rolled back.
 */
async function signUp(
  transaction: Kysely<Tables>,
  { invitation: presented, maximumMembers, ...request }: SignUpWithInvitation,
  additionParts: readonly SqlUserAdditionPart[],
): Promise<InvitedUserCreation> {
  const { user, session } = request
  const { id: userId, email, createdAt: joinedAt } = user
  const creation = await createUser(transaction, { ...request, session: null }, additionParts)
  const found = await lockInvitation(transaction, presented)
  if (found?.invitation.email !== email) throw new Refused('invalid')
  const { invitation, organization } = found
  if (organization.member_count >= maximumMembers) throw new Refused('full')
  if (creation.outcome !== 'created') return creation
  await removeInvitation(transaction, invitation)
  await addMembership(transaction, { organizationId: organization.id, userId, role: invitation.role, joinedAt })
  if (session !== null) await transaction.insertInto('fast_auth_sessions').values(fromSession(session)).execute()
  return creation
}

/** Returns the outcome of a step that was rolled back. @throws any other error */
function outcomeOf(error: unknown): InvitedUserCreation {
  if (error instanceof Refused) return { outcome: error.outcome }
  throw error
}

/** @param additionParts what the creation of a user adds, of all features */
export function sqlInvitationStore(
  database: Kysely<Tables>,
  additionParts: readonly SqlUserAdditionPart[],
): InvitationStore {
  return {
    issue: request => database.transaction().execute(transaction => issue(transaction, request)),

    find: request => find(database, request),

    list: request => list(database, request),

    revoke: request => database.transaction().execute(transaction => revoke(transaction, request)),

    decline: request => database.transaction().execute(transaction => decline(transaction, request)),

    accept: request => database.transaction().execute(transaction => accept(transaction, request)),

    signUp: request =>
      database
        .transaction()
        .execute(transaction => signUp(transaction, request, additionParts))
        .catch(outcomeOf),
  }
}
