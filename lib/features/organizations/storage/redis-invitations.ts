import { isLive } from '../../../storage/redis/lifetime.js'
import { writeMessages } from '../../../storage/redis/message-records.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { readSession } from '../../../storage/redis/session-records.js'
import { discardTokens } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readUser, writeUser } from '../../../storage/redis/user-records.js'
import { createUser } from '../../accounts/storage/redis.js'
import type { UserAdditionPart } from '../../accounts/user-addition-part.js'
import { isInvitationLive } from '../decide-membership.js'
import type {
  InvitationRecord,
  InvitationStore,
  InvitationToOrganization,
  IssueInvitation,
  ListInvitations,
  PresentedInvitation,
} from '../port.js'
import { addInvitation, boundsOf, entryOf, removeInvitation } from './redis-invitation-records.js'
import { organizationKeys } from './redis-keys.js'
import {
  countMembers,
  decide,
  readMembership,
  readOrganization,
  switchSession,
  toRecord,
  writeMembership,
} from './redis-records.js'

/** Returns the live invitation with this hash, and its organisation; `null` if there is none. */
async function findInvitation(
  transaction: Transaction,
  { hash, ...asked }: PresentedInvitation,
): Promise<InvitationToOrganization | null> {
  const names = organizationKeys(transaction.keys)
  const [, text] = await transaction.follow(names.invitationByHash(hash), [{ key: names.invitation }])
  const invitation = toRecord<InvitationRecord>(text)
  if (invitation === null) return null
  const { organizationId, invitedBy: userId } = invitation
  const { organization, membership: inviter } = await readOrganization(transaction, { organizationId, userId })
  return organization !== null && isInvitationLive(invitation, inviter, asked) ? { invitation, organization } : null
}

/** Counts the members of the organisation, and its invitations to other addresses that have not expired. */
async function countSeats(
  { keys, read }: Transaction,
  { organizationId, createdAt }: InvitationRecord,
  present: InvitationRecord | null,
): Promise<number> {
  const { membersOf, invitationExpiriesTo } = organizationKeys(keys)
  const [members, waiting] = await Promise.all([
    read(['ZCARD', membersOf(organizationId)]),
    read(['ZCOUNT', invitationExpiriesTo(organizationId), `(${createdAt}`, '+inf']),
  ])
  const replaced = present !== null && isLive(present, createdAt) ? 1 : 0
  return Number(members) + Number(waiting) - replaced
}

/** Reads the invitation of the organisation to the address of this one, and its entry. */
async function readPresent({ keys, follow }: Transaction, { organizationId, email }: InvitationRecord) {
  const names = organizationKeys(keys)
  const [entry = null, text] = await follow(names.invitationByAddress(organizationId, email), [
    { key: names.invitation },
  ])
  return { entry, present: toRecord<InvitationRecord>(text) }
}

async function issueInvitation(transaction: Transaction, { invitation, maximumMembers, messages }: IssueInvitation) {
  const { invitationByHash, invitationById } = organizationKeys(transaction.keys)
  const [{ entry, present }, [holder, namesake]] = await Promise.all([
    readPresent(transaction, invitation),
    transaction.getAll([invitationByHash(invitation.hash), invitationById(invitation.id)]),
  ])
  if ((await countSeats(transaction, invitation, present)) >= maximumMembers) return { outcome: 'full' } as const
  if ((holder ?? entry) !== entry) throw new Error('Another invitation has this hash')
  if ((namesake ?? entry) !== entry) throw new Error('Another invitation has this id')
  if (entry !== null) removeInvitation(transaction, entry)
  addInvitation(transaction, invitation)
  writeMessages(transaction, messages)
  return { outcome: 'issued' } as const
}

/** The least number of invitations that a round trip reads: expired ones are stored until they are purged. */
const minimumReadTogether = 100

/** Reads invitations until the page is full. */
async function readPage(
  { keys, list }: Transaction,
  { organizationId, now, afterId, limit }: ListInvitations,
): Promise<readonly InvitationRecord[]> {
  const { invitation, invitationsTo } = organizationKeys(keys)
  const found: InvitationRecord[] = []
  const size = Math.max(limit, minimumReadTogether)
  let from: string | null = afterId === undefined ? '-' : boundsOf(afterId)[1]
  while (from !== null && found.length < limit) {
    const page = ['LIMIT', '0', String(size)]
    const entries = await list(['ZRANGEBYLEX', invitationsTo(organizationId), from, '+', ...page], invitation)
    found.push(...recordsOf<InvitationRecord>(entries).filter(one => isLive(one, now)))
    const last = entries[size - 1]
    from = last === undefined ? null : `(${last.id}`
  }
  return found.slice(0, limit)
}

/** @param additionParts what the creation of a user adds, of all features */
export function redisInvitations(
  method: DefineMethod,
  additionParts: readonly UserAdditionPart<Transaction>[],
): InvitationStore {
  return {
    issue: method(async (transaction, request) => {
      const { invitation, actor } = request
      const { organizationId, role } = invitation
      const { decision } = await decide(transaction, { organizationId, actor }, { kind: 'invite', role })
      return decision === 'allowed' ? issueInvitation(transaction, request) : { outcome: decision }
    }, reserving),

    find: method(findInvitation),

    list: method(readPage),

    revoke: method(async (transaction, request) => {
      const { decision } = await decide(transaction, request, { kind: 'collaborate' })
      if (decision !== 'allowed') return { outcome: decision }
      const names = organizationKeys(transaction.keys)
      const index = names.invitationsTo(request.organizationId)
      const entries = await transaction.list(
        ['ZRANGEBYLEX', index, ...boundsOf(request.invitationId)],
        names.invitation,
      )
      const [invitation] = recordsOf<InvitationRecord>(entries)
      if (invitation === undefined) return { outcome: 'unknownInvitation' }
      removeInvitation(transaction, entryOf(invitation))
      return { outcome: 'revoked', invitation }
    }, reserving),

    decline: method(async (transaction, request) => {
      const found = await findInvitation(transaction, request)
      if (found === null) return { outcome: 'invalid' }
      removeInvitation(transaction, entryOf(found.invitation))
      return { outcome: 'declined', ...found }
    }, reserving),

    accept: method(async (transaction, { userId, asking, idleExpiresAt, maximumMembers, ...presented }) => {
      const { now } = presented
      const [session, user, found] = await Promise.all([
        readSession(transaction, asking.sessionId),
        readUser(transaction, userId),
        findInvitation(transaction, presented),
      ])
      if (user === null || session?.userId !== userId || !isLive(session, asking.now))
        return { outcome: 'sessionEnded' }
      if (found?.invitation.email !== user.email) return { outcome: 'invalid' }
      const { invitation, organization } = found
      const organizationId = organization.id
      const present = await readMembership(transaction, { organizationId, userId })
      if (present === null && (await countMembers(transaction, organizationId)) >= maximumMembers)
        return { outcome: 'full' }
      const membership = present ?? { organizationId, userId, role: invitation.role, joinedAt: now }
      removeInvitation(transaction, entryOf(invitation))
      if (present === null) writeMembership(transaction, { organization, membership })
      await discardTokens(transaction, userId, ['confirmEmail'])
      const current = { id: organizationId, role: membership.role }
      return {
        outcome: 'accepted',
        user: writeUser(transaction, { ...user, emailConfirmedAt: user.emailConfirmedAt ?? now }, user),
        session: switchSession(transaction, session, current, { idleExpiresAt, now }),
        organization,
        membership,
        isNewMember: present === null,
      }
    }, reserving),

    signUp: method(async (transaction, { invitation: presented, maximumMembers, ...request }) => {
      const { id: userId, email, createdAt: joinedAt } = request.user
      const found = await findInvitation(transaction, presented)
      if (found?.invitation.email !== email) return { outcome: 'invalid' }
      const { invitation, organization } = found
      const { organizationId, role } = invitation
      if ((await countMembers(transaction, organizationId)) >= maximumMembers) return { outcome: 'full' }
      const creation = await createUser(transaction, request, additionParts)
      if (creation.outcome !== 'created') return creation
      removeInvitation(transaction, entryOf(invitation))
      writeMembership(transaction, { organization, membership: { organizationId, userId, role, joinedAt } })
      return creation
    }, reserving),
  }
}
