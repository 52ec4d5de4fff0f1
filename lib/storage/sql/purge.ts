import { type Kysely, sql } from 'kysely'
import type { EpochMilliseconds, Purge, Purged } from '../storage.js'
import type { Tables } from './tables.js'

/** Rows that go with time. */
interface Perishable {
  readonly table: keyof Tables
  /** The column that says when; an index begins with it. */
  readonly time: string
  /** The columns that tell the rows of one instant apart. */
  readonly key: readonly string[]
}

const perishables = {
  sessions: { table: 'fast_auth_sessions', time: 'expires_at', key: ['id'] },
  oneTimeTokens: { table: 'fast_auth_one_time_tokens', time: 'expires_at', key: ['hash'] },
  messages: { table: 'fast_auth_outbox', time: 'expires_at', key: ['id'] },
  revocations: { table: 'fast_auth_revocations', time: 'revoked_at', key: ['kind', 'id', 'generation'] },
  events: { table: 'fast_auth_events', time: 'happened_at', key: ['id'] },
} as const satisfies Record<keyof Purged, Perishable>

/** Every table, as rows of columns that are named at run time. */
type Untyped = Record<keyof Tables, Record<string, string | number>>

/**
 * Removes the oldest rows: all up to the last of those that are chosen in a derived table of their own. To name each of
 * them would be plainer, but MariaDB then reads the whole table.
 */
async function remove(
  transaction: Kysely<Tables & Untyped>,
  { table, time, key }: Perishable,
  { before, limit }: { readonly before: EpochMilliseconds; readonly limit: number },
): Promise<number> {
  const order = [time, ...key]
  const columns = sql.join(order.map(column => sql.ref(column)))
  const last = await transaction
    .selectFrom(({ selectFrom }) =>
      selectFrom(table).select(order).where(time, '<', before).orderBy(columns).limit(limit).as('oldest'),
    )
    .select(order)
    .orderBy(sql.join(order.map(column => sql`${sql.ref(column)} desc`)))
    .limit(1)
    .executeTakeFirst()
  if (last === undefined) return 0
  const [newest, ...others] = order.map(column => sql.val(last[column]))
  const { numDeletedRows } = await transaction
    .deleteFrom(table)
    // The instant is compared on its own as well: not every database finds its way by a row value.
    .where(sql<boolean>`${sql.ref(time)} <= ${newest}`)
    .where(sql<boolean>`(${columns}) <= (${sql.join([newest, ...others])})`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes the oldest of what has expired, at most `limit` rows of each kind. The caller opens the transaction. */
export async function purge(
  transaction: Kysely<Tables>,
  { now, revokedBefore, eventsBefore, limit }: Purge,
): Promise<Purged> {
  const tables = transaction.withTables<Untyped>()
  // What expires is dead at that very instant.
  const expired = { before: now + 1, limit }
  return {
    sessions: await remove(tables, perishables.sessions, expired),
    oneTimeTokens: await remove(tables, perishables.oneTimeTokens, expired),
    messages: await remove(tables, perishables.messages, expired),
    revocations: await remove(tables, perishables.revocations, { before: revokedBefore, limit }),
    events: await remove(tables, perishables.events, { before: eventsBefore, limit }),
  }
}
