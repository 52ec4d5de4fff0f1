import { recordsOf } from '../../../storage/redis/redis-database.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { fromLine, toLine } from '../../../storage/redis/revocation-lines.js'
import { isAskedInTime } from '../../../storage/redis/session-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type {
  DeleteOrganization,
  EndedAccess,
  MembershipRecord,
  OrganizationRecord,
  OrganizationStore,
} from '../port.js'
import { removeInvitation } from './redis-invitation-records.js'
import { organizationKeys } from './redis-keys.js'
import {
  addOrganization,
  decide,
  endMembership,
  type RedisMembershipFollowUp,
  readOrganization,
  toRecord,
  writeOrganization,
} from './redis-records.js'

/**
 * The number of members, and of invitations, that one script removes within some tens of milliseconds. Redis runs nothing else
 * during a script.
 */
const maximumRemovedTogether = 500

/** Returns what has ended as lines of the feed. */
function toLines({ endedGenerations, apiKeyIds }: Required<EndedAccess>, revokedAt: number): string[] {
  return [
    ...endedGenerations.map(({ sessionId: id, generation }) =>
      toLine({ kind: 'generation', id, generation, revokedAt }),
    ),
    ...apiKeyIds.map(id => toLine({ kind: 'apiKey', id, generation: null, revokedAt })),
  ]
}

function fromLines(lines: readonly string[]): EndedAccess {
  const ended = lines.map(fromLine)
  return {
    endedGenerations: ended.flatMap(({ id: sessionId, generation }) =>
      generation === null ? [] : [{ sessionId, generation }],
    ),
    apiKeyIds: ended.filter(({ kind }) => kind === 'apiKey').map(({ id }) => id),
  }
}

/**
 * Removes an organisation with everything that belongs to it. If it has more than 500 members or invitations, earlier parts of
 * the step remove them. The invitations come first: a step that is interrupted then leaves no member whose membership has ended an
 * invitation to return by. The membership of the actor, who must be able to start a step again that was interrupted, and the
 * organisation come last.
 */
async function removeOrganization(
  transaction: Transaction,
  { organizationId, actor, now }: DeleteOrganization,
  followUps: readonly RedisMembershipFollowUp[],
): Promise<EndedAccess> {
  const { organization, membersOf, invitationsTo } = organizationKeys(transaction.keys)
  const [memberIds, entries] = await Promise.all([
    transaction.read(['ZRANGE', membersOf(organizationId), '0', String(maximumRemovedTogether + 1)]),
    transaction.read(['ZRANGE', invitationsTo(organizationId), '0', String(maximumRemovedTogether)]),
  ])
  const otherIds = memberIds.filter(userId => userId !== actor.userId)
  const hasMoreInvitations = entries.length > maximumRemovedTogether
  const isPart = hasMoreInvitations || otherIds.length > maximumRemovedTogether
  const others = hasMoreInvitations ? [] : otherIds.slice(0, maximumRemovedTogether)
  const leaving = [...others, ...(isPart ? [] : [actor.userId])]

  const commands: Parameters<Transaction['write']>[] = []
  const part: Transaction = { ...transaction, write: (...command) => commands.push(command) }
  const ended = await Promise.all(
    leaving.map(userId => endMembership(part, { organizationId, userId, now }, followUps)),
  )
  for (const entry of entries.slice(0, maximumRemovedTogether)) removeInvitation(part, entry)
  if (!isPart) part.write('DEL', organization(organizationId))

  const lines = ended.flatMap(access => toLines(access, now))
  const written = transaction.inParts(lines, isPart, ({ write }) => {
    for (const command of commands) write(...command)
  })
  return fromLines(written)
}

/** @param followUps what follows a change of memberships, of all features */
export function redisOrganizations(
  method: DefineMethod,
  followUps: readonly RedisMembershipFollowUp[],
): OrganizationStore {
  return {
    create: method(async (transaction, { organization, userId, maximumOwned, asking }) => {
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const { organization: named, sharedOwnedBy } = organizationKeys(transaction.keys)
      const owned = Number(await transaction.read(['ZCARD', sharedOwnedBy(userId)]))
      if (owned >= maximumOwned) return { outcome: 'limitReached' }
      if (await transaction.exists(named(organization.id))) throw new Error('Another organisation has this id')
      addOrganization(transaction, organization, userId)
      return { outcome: 'created' }
    }, reserving),

    find: method(async (transaction, key) => {
      const { organization, membership } = await readOrganization(transaction, key)
      return organization === null || membership === null ? null : { organization, membership }
    }),

    list: method(async (transaction, { userId, afterId, limit }) => {
      const { organization, membership, organizationsOf } = organizationKeys(transaction.keys)
      const from = afterId === undefined ? '-' : `(${afterId}`
      const page = ['LIMIT', '0', String(limit)]
      const entries = await transaction.list(['ZRANGEBYLEX', organizationsOf(userId), from, '+', ...page], organization)
      if (entries.length === 0) return []
      const names = entries.map(({ id: organizationId }) => membership(organizationId, userId))
      const texts = await transaction.getAll(names)
      return recordsOf<OrganizationRecord>(entries).map((record, place) => ({
        organization: record,
        membership: toRecord(texts[place]) as MembershipRecord,
      }))
    }),

    rename: method(async (transaction, request) => {
      const { decision, organization, acting } = await decide(transaction, request, { kind: 'manage' })
      if (decision !== 'allowed') return { outcome: decision }
      const renamed = { ...(organization as OrganizationRecord), name: request.name }
      writeOrganization(transaction, renamed)
      return { outcome: 'renamed', organization: renamed, membership: acting as MembershipRecord }
    }, reserving),

    delete: method(async (transaction, request) => {
      const { decision, organization } = await decide(transaction, request, { kind: 'collaborate' })
      // The first part was decided: a demotion or a sign-out after it does not leave a half of the organisation.
      const isDecided = transaction.isContinued && organization !== null
      if (decision !== 'allowed' && !isDecided) return { outcome: decision }
      const ended = await removeOrganization(transaction, request, followUps)
      return { outcome: 'deleted', organization: organization as OrganizationRecord, ...ended }
    }, reserving),
  }
}
