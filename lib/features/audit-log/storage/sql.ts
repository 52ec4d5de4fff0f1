import type { Kysely } from 'kysely'
import { lockUser } from '../../../storage/sql/find-user.js'
import type { Expiry } from '../../../storage/sql/purge.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { EventRecord } from '../event-record.js'
import type { EventStore } from '../port.js'
import { fromEvent, toEvent } from './sql-rows.js'

/** Greater than any UUID. */
const afterEveryId = '~'

/** Locks the users of the events in the order of their ids, so none is deleted concurrently. */
async function presentUserIds(
  transaction: Kysely<Tables>,
  events: readonly EventRecord[],
): Promise<Set<string | null>> {
  const present = new Set<string | null>([null])
  for (const userId of [...new Set(events.map(event => event.userId))].sort()) {
    if (userId !== null && (await lockUser(transaction, userId)) !== null) present.add(userId)
  }
  return present
}

async function add(transaction: Kysely<Tables>, events: readonly EventRecord[]): Promise<void> {
  if (events.length === 0) return
  const ids = events.map(({ id }) => id)
  const stored = await transaction.selectFrom('fast_auth_events').select('id').where('id', 'in', ids).execute()
  const storedIds = new Set(stored.map(({ id }) => id))
  const fresh = events.filter(({ id }) => !storedIds.has(id))
  if (fresh.length === 0) return
  const present = await presentUserIds(transaction, fresh)
  const rows = fresh
    .map(fromEvent)
    .map(row => (present.has(row.user_id) ? row : { ...row, ip: null, user_agent: null }))
  await transaction.insertInto('fast_auth_events').values(rows).execute()
}

export function sqlEvents(database: Kysely<Tables>): EventStore {
  return {
    add: ({ events }) => database.transaction().execute(transaction => add(transaction, events)),

    async list({ userId, beforeId = afterEveryId, limit }) {
      const events = database
        .selectFrom('fast_auth_events')
        .selectAll()
        .where('id', '<', beforeId)
        .orderBy('id', 'desc')
        .limit(limit)
      const rows = await (userId === undefined ? events : events.where('user_id', '=', userId)).execute()
      return rows.map(toEvent)
    },
  }
}

/** Events stay when their user is deleted, without what they say about the user's devices. */
export const sqlEventFollowUp: UserFollowUp<Kysely<Tables>> = {
  async deleted(transaction, { userId }) {
    const anonymous = { ip: null, user_agent: null }
    await transaction.updateTable('fast_auth_events').set(anonymous).where('user_id', '=', userId).execute()
    return []
  },
}

export const sqlEventExpiry: Expiry = {
  table: 'fast_auth_events',
  time: 'happened_at',
  key: ['id'],
  before: ({ eventsBefore }) => eventsBefore,
}
