import type { Kysely } from 'kysely'
import type { Tables } from '../../../storage/sql/tables.js'
import { isInvitationLive } from '../decide-membership.js'
import type { InvitationRecord, PresentedInvitation } from '../port.js'
import { lockOrganization, readMembership } from './sql-records.js'
import { type OrganizationRow, toInvitation } from './sql-rows.js'

/** Counts the invitations that have not expired when this one is made, without one to the same address. */
export async function countWaiting(
  transaction: Kysely<Tables>,
  { organizationId, email, createdAt }: InvitationRecord,
): Promise<number> {
  const { total } = await transaction
    .selectFrom('fast_auth_invitations')
    .select(({ fn }) => fn.countAll().as('total'))
    .where('organization_id', '=', organizationId)
    .where('email', '<>', email)
    .where('expires_at', '>', createdAt)
    .executeTakeFirstOrThrow()
  return Number(total)
}

async function readWithHash(
  transaction: Kysely<Tables>,
  { hash }: PresentedInvitation,
): Promise<InvitationRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_invitations')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row === undefined ? null : toInvitation(row)
}

/** Returns whether the invitation can be accepted, as far as the membership of its sender says. */
async function isLive(
  transaction: Kysely<Tables>,
  invitation: InvitationRecord,
  presented: PresentedInvitation,
): Promise<boolean> {
  const { organizationId, invitedBy: userId } = invitation
  return isInvitationLive(invitation, await readMembership(transaction, { organizationId, userId }), presented)
}

/**
 * Locks the organisation of the invitation, and returns both; `null` if there is no live invitation with this hash. The first
 * reading shows only which organisation to lock.
 */
export async function lockInvitation(transaction: Kysely<Tables>, presented: PresentedInvitation) {
  const found = await readWithHash(transaction, presented)
  if (found === null) return null
  const row = await lockOrganization(transaction, found.organizationId)
  const invitation = await readWithHash(transaction, presented)
  if (invitation === null || !(await isLive(transaction, invitation, presented))) return null
  return { invitation, organization: row as OrganizationRow }
}

/** Removes the invitations of these organisations to an address. The caller has locked them. */
export async function removeInvitationsTo(
  transaction: Kysely<Tables>,
  organizationIds: readonly string[],
  email: string,
): Promise<void> {
  await transaction
    .deleteFrom('fast_auth_invitations')
    .where('organization_id', 'in', organizationIds)
    .where('email', '=', email)
    .execute()
}

export async function removeInvitation(
  transaction: Kysely<Tables>,
  { organizationId, id }: InvitationRecord,
): Promise<void> {
  await transaction
    .deleteFrom('fast_auth_invitations')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}
