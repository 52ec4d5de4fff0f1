import { joined } from '../../../storage/redis/keys.js'
import { type RedisDatabase, recordsOf } from '../../../storage/redis/redis-database.js'
import type { DefineMethod } from '../../../storage/redis/redis-method.js'
import type { RedisExpiry } from '../../../storage/redis/redis-purge.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { EventRecord } from '../event-record.js'
import type { EventStore } from '../port.js'
import { eventKeys } from './redis-keys.js'

/** The origin of an event is stored separately, so it is deleted with its user. */
type Origin = Pick<EventRecord, 'ip' | 'userAgent'>

/** Writes the event, unless it already exists. */
async function addEvent(transaction: Transaction, event: EventRecord): Promise<void> {
  const { exists, write } = transaction
  const keys = eventKeys(transaction.keys)
  const { id, userId, happenedAt, ip, userAgent } = event
  if (await exists(keys.event(id))) return
  write('ZADD', keys.events, '0', id)
  write('ZADD', keys.eventsByAge, String(happenedAt), joined(id, userId ?? ''))
  if (userId === null) {
    write('SET', keys.event(id), JSON.stringify(event))
    return
  }
  write('SET', keys.event(id), JSON.stringify({ ...event, ip: null, userAgent: null }))
  write('ZADD', keys.eventsOf(userId), '0', id)
  const origin: Origin = { ip, userAgent }
  if (await exists(transaction.keys.user(userId))) write('HSET', keys.originsOf(userId), id, JSON.stringify(origin))
}

/** Removes an event that is listed in the index by age. */
function removeOldEvent({ keys: { root }, write }: Transaction, member: string): void {
  const keys = eventKeys({ root })
  const [id = '', userId = ''] = member.split('\0')
  write('DEL', keys.event(id))
  write('ZREM', keys.events, id)
  write('ZREM', keys.eventsByAge, member)
  if (userId === '') return
  write('ZREM', keys.eventsOf(userId), id)
  write('HDEL', keys.originsOf(userId), id)
}

async function withOrigin({ keys, read }: RedisDatabase, stored: EventRecord): Promise<EventRecord> {
  // fast-auth 0.1.0 has stored events without details.
  const event = { ...stored, details: stored.details ?? {} }
  if (event.userId === null) return event
  const [origin] = await read(['HGET', eventKeys(keys).originsOf(event.userId), event.id])
  return origin === undefined ? event : { ...event, ...(JSON.parse(origin) as Origin) }
}

export function redisEvents(database: RedisDatabase, method: DefineMethod): EventStore {
  const keys = eventKeys(database.keys)
  return {
    add: method(async (transaction, { events }) => {
      const first = new Map([...events].reverse().map(event => [event.id, event]))
      await Promise.all([...first.values()].map(event => addEvent(transaction, event)))
    }),

    list: method(async (_transaction, { userId, beforeId, limit }) => {
      const index = userId === undefined ? keys.events : keys.eventsOf(userId)
      const to = beforeId === undefined ? '+' : `(${beforeId}`
      const page = ['LIMIT', '0', String(limit)]
      const entries = await database.list(['ZREVRANGEBYLEX', index, to, '-', ...page], keys.event)
      return Promise.all(recordsOf<EventRecord>(entries).map(event => withOrigin(database, event)))
    }),
  }
}

/** Events stay when their user is deleted, without what they say about the user's devices. */
export const redisEventFollowUp: UserFollowUp<Transaction> = {
  async deleted({ keys, write }, { userId }) {
    write('DEL', eventKeys(keys).originsOf(userId))
    return []
  },
}

export const redisEventExpiry: RedisExpiry = {
  find: ({ keys, read }, { eventsBefore }, page) =>
    read(['ZRANGEBYSCORE', eventKeys(keys).eventsByAge, '-inf', `(${eventsBefore}`, ...page]),
  remove: removeOldEvent,
}
