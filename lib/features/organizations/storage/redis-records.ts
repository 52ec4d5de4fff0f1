import type { MembershipFollowUp, MembershipKey, MembershipPart } from '../../../storage/membership-part.js'
import type { CurrentOrganization, EpochMilliseconds, SessionRecord, UserRecord } from '../../../storage/records.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import { recordRevocation } from '../../../storage/redis/revocation-lines.js'
import { changeOrganization, isAskedInTime, succeedSession, toSession } from '../../../storage/redis/session-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readUser } from '../../../storage/redis/user-records.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { UserAdditionPart } from '../../accounts/user-addition-part.js'
import { decideMembership, type Intention, type MembershipDecision } from '../decide-membership.js'
import type { Actor, EndedAccess, MembershipRecord, OrganizationOfMember, OrganizationRecord } from '../port.js'
import { removeInvitation } from './redis-invitation-records.js'
import { organizationKeys } from './redis-keys.js'

/** How records of another feature follow a change of memberships. A deletion of an organisation ends each membership. */
export type RedisMembershipFollowUp = Pick<MembershipFollowUp<Transaction>, 'roleChanged' | 'ended'>

export function toRecord<Row>(text: string | null | undefined): Row | null {
  return typeof text === 'string' ? JSON.parse(text) : null
}

export async function readMembership(
  { keys, get }: Transaction,
  { organizationId, userId }: MembershipKey,
): Promise<MembershipRecord | null> {
  return toRecord(await get(organizationKeys(keys).membership(organizationId, userId)))
}

/** Reads an organisation and a membership in it, in one round trip. */
export async function readOrganization({ keys, getAll }: Transaction, { organizationId, userId }: MembershipKey) {
  const names = organizationKeys(keys)
  const places = [names.organization(organizationId), names.membership(organizationId, userId)]
  const [text, membershipText] = await getAll(places)
  return {
    organization: toRecord<OrganizationRecord>(text),
    membership: toRecord<MembershipRecord>(membershipText),
  }
}

export async function countMembers({ keys, read }: Transaction, organizationId: string): Promise<number> {
  return Number(await read(['ZCARD', organizationKeys(keys).membersOf(organizationId)]))
}

/** Returns whether a user other than this one is an owner. Reads at most two of the owners. */
export async function hasOtherOwner(
  { keys, read }: Transaction,
  { organizationId, userId }: MembershipKey,
): Promise<boolean> {
  const ownerIds = await read(['ZRANGE', organizationKeys(keys).ownersOf(organizationId), '0', '1'])
  return ownerIds.some(ownerId => ownerId !== userId)
}

/** What an actor may do, and the records on which that was decided. */
interface Decided<Kind extends Intention['kind']> {
  readonly decision: MembershipDecision<Kind> | 'sessionEnded'
  readonly organization: OrganizationRecord | null
  readonly acting: MembershipRecord | null
}

/** Decides whether the actor may do what they want. */
export async function decide<Wanted extends Intention>(
  transaction: Transaction,
  { organizationId, actor }: { readonly organizationId: string; readonly actor: Actor },
  intention: Wanted,
): Promise<Decided<Wanted['kind']>> {
  const { userId, asking } = actor
  const [isInTime, { organization, membership: acting }] = await Promise.all([
    isAskedInTime(transaction, userId, asking),
    readOrganization(transaction, { organizationId, userId }),
  ])
  const decision = isInTime ? decideMembership({ organization, acting, actor, intention }) : 'sessionEnded'
  return { decision, organization, acting }
}

export function writeOrganization({ keys, write }: Transaction, organization: OrganizationRecord): void {
  write('SET', organizationKeys(keys).organization(organization.id), JSON.stringify(organization))
}

/** Writes a new membership, or another role of a member. */
export function writeMembership(
  { keys, write }: Transaction,
  { membership, organization: { kind } }: OrganizationOfMember,
): void {
  const names = organizationKeys(keys)
  const { organizationId, userId, role } = membership
  const isOwner = role === 'owner'
  write('SET', names.membership(organizationId, userId), JSON.stringify(membership))
  write('ZADD', names.membersOf(organizationId), '0', userId)
  write('ZADD', names.organizationsOf(userId), '0', organizationId)
  if (isOwner) write('ZADD', names.ownersOf(organizationId), '0', userId)
  else write('ZREM', names.ownersOf(organizationId), userId)
  if (isOwner && kind === 'shared') write('ZADD', names.sharedOwnedBy(userId), '0', organizationId)
  else write('ZREM', names.sharedOwnedBy(userId), organizationId)
}

/** Stores an organisation with its first owner, who joins at its `createdAt`. */
export function addOrganization(transaction: Transaction, organization: OrganizationRecord, userId: string): void {
  const { id: organizationId, createdAt: joinedAt } = organization
  writeOrganization(transaction, organization)
  writeMembership(transaction, { organization, membership: { organizationId, userId, role: 'owner', joinedAt } })
}

/** Removes the invitations that a member has sent. */
async function removeInvitationsBy(transaction: Transaction, { organizationId, userId }: MembershipKey): Promise<void> {
  const { invitationsBy } = organizationKeys(transaction.keys)
  for (const entry of await transaction.ids(invitationsBy(organizationId, userId))) removeInvitation(transaction, entry)
}

/** Removes the invitations of these organisations to the address of a member. */
export async function removeInvitationsTo(
  transaction: Transaction,
  organizationIds: readonly string[],
  userId: string,
): Promise<void> {
  if (organizationIds.length === 0) return
  const { invitationByAddress } = organizationKeys(transaction.keys)
  const { email } = (await readUser(transaction, userId)) as UserRecord
  const names = organizationIds.map(organizationId => invitationByAddress(organizationId, email))
  for (const entry of await transaction.getAll(names)) if (entry !== null) removeInvitation(transaction, entry)
}

/** Removes a membership, with the invitations that its user has sent. */
async function removeMembership(transaction: Transaction, { organizationId, userId }: MembershipKey): Promise<void> {
  const { keys, write } = transaction
  const names = organizationKeys(keys)
  await removeInvitationsBy(transaction, { organizationId, userId })
  write('DEL', names.membership(organizationId, userId))
  write('ZREM', names.membersOf(organizationId), userId)
  write('ZREM', names.ownersOf(organizationId), userId)
  write('ZREM', names.organizationsOf(userId), organizationId)
  write('ZREM', names.sharedOwnedBy(userId), organizationId)
}

/**
 * Lets a session act in an organisation, or in none, and ends its earlier access tokens. As for a refresh, listeners are not notified:
 * the change takes no access away.
 */
export function switchSession(
  transaction: Transaction,
  session: SessionRecord,
  organization: CurrentOrganization | null,
  { idleExpiresAt, now }: { readonly idleExpiresAt: EpochMilliseconds; readonly now: EpochMilliseconds },
): SessionRecord {
  recordRevocation(transaction, { kind: 'generation', id: session.id, generation: session.generation, revokedAt: now })
  const generation = session.generation + 1
  return succeedSession(transaction, { ...session, organization }, { generation, idleExpiresAt, now })
}

/** Lets the sessions of a member that act in the organisation have another role, or act in none (`null`). */
export async function changeSessionsOf(
  transaction: Transaction,
  { organizationId, userId }: MembershipKey,
  role: string | null,
  now: EpochMilliseconds,
): Promise<EndedAccess['endedGenerations']> {
  const { keys } = transaction
  const entries = await transaction.list(['ZRANGE', keys.sessionsOf(userId), '0', '-1'], keys.session)
  const acting = recordsOf(entries, toSession).filter(({ organization }) => organization?.id === organizationId)
  return changeOrganization(transaction, acting, role === null ? null : { id: organizationId, role }, now)
}

/** Ends a membership, with the access that it gives. */
export async function endMembership(
  transaction: Transaction,
  { now, ...key }: MembershipKey & { readonly now: EpochMilliseconds },
  followUps: readonly RedisMembershipFollowUp[],
): Promise<Required<EndedAccess>> {
  const [endedGenerations, apiKeyIds] = await Promise.all([
    changeSessionsOf(transaction, key, null, now),
    Promise.all(followUps.map(followUp => followUp.ended(transaction, { ...key, now }))),
    removeMembership(transaction, key),
  ])
  return { endedGenerations, apiKeyIds: apiKeyIds.flat() }
}

const roleOf: MembershipPart<Transaction>['roleOf'] = async (transaction, key) =>
  (await readMembership(transaction, key))?.role ?? null

/** Reads memberships for other features. The commit repeats every read, so a role needs no lock. */
export const redisMembershipPart: MembershipPart<Transaction> = { roleOf, lockRole: roleOf }

/** Stores the personal organisation of a new user. */
export const redisPersonalOrganization: UserAdditionPart<Transaction> = {
  write(transaction, { user, additions: { personalOrganization } = {} }) {
    if (personalOrganization !== undefined) addOrganization(transaction, personalOrganization, user.id)
  },
}

/** Removes the invitations that a user has sent, in all organisations of theirs. */
const removeAllInvitationsBy: Required<UserFollowUp<Transaction>>['disabled'] = async (transaction, { userId }) => {
  for (const organizationId of await transaction.ids(organizationKeys(transaction.keys).organizationsOf(userId)))
    await removeInvitationsBy(transaction, { organizationId, userId })
  return []
}

/** How organisations follow a change of a user. The sessions and the API keys of the user are removed by others. */
export const redisOrganizationFollowUp: UserFollowUp<Transaction> = {
  async orphaned(transaction, { userId }) {
    const ownedIds = await transaction.ids(organizationKeys(transaction.keys).sharedOwnedBy(userId))
    const isSafe = await Promise.all(
      ownedIds.map(organizationId => hasOtherOwner(transaction, { organizationId, userId })),
    )
    return ownedIds.filter((_, place) => !isSafe[place])
  },
  disabled: removeAllInvitationsBy,
  proven: removeAllInvitationsBy,
  async addressChanged(transaction, { userId }) {
    const { organizationsOf } = organizationKeys(transaction.keys)
    await removeInvitationsTo(transaction, await transaction.ids(organizationsOf(userId)), userId)
    return []
  },
  async deleted(transaction, { userId }) {
    const { organization, organizationsOf } = organizationKeys(transaction.keys)
    const entries = await transaction.list(['ZRANGE', organizationsOf(userId), '0', '-1'], organization)
    const ids = entries.map(({ id }) => id)
    await removeInvitationsTo(transaction, ids, userId)
    for (const { id: organizationId, kind } of recordsOf<OrganizationRecord>(entries)) {
      await removeMembership(transaction, { organizationId, userId })
      if (kind === 'personal') transaction.write('DEL', organization(organizationId))
    }
    return []
  },
}
