import type { Purge, Purged } from '../purge.js'
import { removeMessage } from './message-records.js'
import type { DefineMethod } from './redis-method.js'
import { timeText } from './revocation-lines.js'
import { removeSessions } from './session-records.js'
import { removeExpiredToken } from './token-records.js'
import type { Transaction } from './transaction.js'

/** How records of one kind expire. */
export interface RedisExpiry {
  /** Returns the members of an index whose records have expired. @param page the end of a command that limits their number */
  find(transaction: Transaction, request: Purge, page: readonly string[]): Promise<readonly string[]>
  /** Removes one member with its record. */
  remove(transaction: Transaction, member: string): void
}

/** Finds what has expired at `now` by an index with the instants as scores. */
const byExpiry =
  (index: 'sessionsByExpiry' | 'tokensByExpiry' | 'messagesByExpiry'): RedisExpiry['find'] =>
  ({ keys, read }, { now }, page) =>
    read(['ZRANGEBYSCORE', keys[index], '-inf', String(now), ...page])

/** How the records of the core expire. */
export const coreExpiries = {
  sessions: {
    find: byExpiry('sessionsByExpiry'),
    remove(transaction, member) {
      const [id = '', userId = ''] = member.split('\0')
      removeSessions(transaction, [id], userId)
    },
  },
  oneTimeTokens: { find: byExpiry('tokensByExpiry'), remove: removeExpiredToken },
  messages: { find: byExpiry('messagesByExpiry'), remove: removeMessage },
  revocations: {
    find: ({ keys, read }, { revokedBefore }, page) =>
      read(['ZRANGEBYLEX', keys.revocations, '-', `(${timeText(revokedBefore)}`, ...page]),
    remove: ({ keys, write }, line) => write('ZREM', keys.revocations, line),
  },
} as const satisfies Partial<Record<keyof Purged, RedisExpiry>>

/** @param expiries how the records of each kind expire */
export function redisPurge(
  method: DefineMethod,
  expiries: Readonly<Record<keyof Purged, RedisExpiry>>,
): (request: Purge) => Promise<Purged> {
  return method(async (transaction, request) => {
    const page = ['LIMIT', '0', String(request.limit)]
    const found = Object.entries(expiries).map(async ([kind, { find, remove }]) => {
      const members = await find(transaction, request, page)
      return { kind, members, remove }
    })
    const expired = await Promise.all(found)
    for (const { members, remove } of expired) for (const member of members) remove(transaction, member)
    return Object.fromEntries(expired.map(({ kind, members }) => [kind, members.length])) as unknown as Purged
  })
}
