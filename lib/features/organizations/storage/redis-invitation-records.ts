import { joined } from '../../../storage/redis/keys.js'
import { forgottenAfter } from '../../../storage/redis/lifetime.js'
import type { RedisExpiry } from '../../../storage/redis/redis-purge.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { InvitationRecord } from '../port.js'
import { organizationKeys } from './redis-keys.js'

/** An entry holds enough to remove the invitation without reading its record, which Redis may have forgotten. */
export function entryOf({ id, organizationId, email, hash, invitedBy }: InvitationRecord): string {
  return joined(id, organizationId, email, hash, invitedBy)
}

/** Returns the bounds of the entries of one id, for commands such as ZRANGEBYLEX. */
export function boundsOf(invitationId: string): [from: string, to: string] {
  return [`[${joined(invitationId, '')}`, `(${invitationId}\x01`]
}

export function addInvitation({ keys, write }: Transaction, invitation: InvitationRecord): void {
  const names = organizationKeys(keys)
  const { organizationId, email, hash, invitedBy: userId, createdAt, expiresAt } = invitation
  const entry = entryOf(invitation)
  write('SET', names.invitation(entry), JSON.stringify(invitation), ...forgottenAfter(expiresAt, createdAt))
  write('SET', names.invitationByHash(hash), entry)
  write('SET', names.invitationById(invitation.id), entry)
  write('SET', names.invitationByAddress(organizationId, email), entry)
  write('ZADD', names.invitationsTo(organizationId), '0', entry)
  write('ZADD', names.invitationExpiriesTo(organizationId), String(expiresAt), entry)
  write('ZADD', names.invitationsBy(organizationId, userId), '0', entry)
  write('ZADD', names.invitationsByExpiry, String(expiresAt), entry)
}

/** Removes the invitation of an entry. */
export function removeInvitation({ keys, write }: Transaction, entry: string): void {
  const names = organizationKeys(keys)
  const [id = '', organizationId = '', email = '', hash = '', userId = ''] = entry.split('\0')
  write('DEL', names.invitation(entry))
  write('DEL', names.invitationByHash(hash))
  write('DEL', names.invitationById(id))
  write('DEL', names.invitationByAddress(organizationId, email))
  write('ZREM', names.invitationsTo(organizationId), entry)
  write('ZREM', names.invitationExpiriesTo(organizationId), entry)
  write('ZREM', names.invitationsBy(organizationId, userId), entry)
  write('ZREM', names.invitationsByExpiry, entry)
}

/** How invitations expire. */
export const redisInvitationExpiry: RedisExpiry = {
  find: ({ keys, read }, { now }, page) =>
    read(['ZRANGEBYSCORE', organizationKeys(keys).invitationsByExpiry, '-inf', String(now), ...page]),
  remove: removeInvitation,
}
