import { type Kysely, sql } from 'kysely'
import type { Purge, Purged } from '../purge.js'
import type { EpochMilliseconds } from '../records.js'
import type { Tables } from './tables.js'

/** Rows that expire. */
interface Perishable {
  readonly table: keyof Tables
  /** The column with the time; an index starts with it. */
  readonly time: string
  /** The columns that distinguish rows of the same instant. */
  readonly key: readonly string[]
}

const perishables = {
  sessions: { table: 'fast_auth_sessions', time: 'expires_at', key: ['id'] },
  oneTimeTokens: { table: 'fast_auth_one_time_tokens', time: 'expires_at', key: ['hash'] },
  messages: { table: 'fast_auth_outbox', time: 'expires_at', key: ['id'] },
  revocations: { table: 'fast_auth_revocations', time: 'revoked_at', key: ['kind', 'id', 'generation'] },
  events: { table: 'fast_auth_events', time: 'happened_at', key: ['id'] },
} as const satisfies Record<keyof Purged, Perishable>

/** All tables, with rows of columns that are named at run time. */
type Untyped = Record<keyof Tables, Record<string, string | number>>

/**
 * Removes the oldest rows: all up to the last of those selected in a derived table. Listing each row would be simpler, but
 * MariaDB then reads the whole table.
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
    // The instant is also compared alone: not every database uses an index for a row value.
    .where(sql<boolean>`${sql.ref(time)} <= ${newest}`)
    .where(sql<boolean>`(${columns}) <= (${sql.join([newest, ...others])})`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes the oldest expired rows, at most `limit` of each kind. The caller opens the transaction. */
export async function purge(
  transaction: Kysely<Tables>,
  { now, revokedBefore, eventsBefore, limit }: Purge,
): Promise<Purged> {
  const tables = transaction.withTables<Untyped>()
  // A record is expired at `expiresAt` itself.
  const expired = { before: now + 1, limit }
  return {
    sessions: await remove(tables, perishables.sessions, expired),
    oneTimeTokens: await remove(tables, perishables.oneTimeTokens, expired),
    messages: await remove(tables, perishables.messages, expired),
    revocations: await remove(tables, perishables.revocations, { before: revokedBefore, limit }),
    events: await remove(tables, perishables.events, { before: eventsBefore, limit }),
  }
}
