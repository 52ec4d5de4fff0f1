import { type Kysely, sql } from 'kysely'
import type { Purge, Purged } from '../purge.js'
import type { EpochMilliseconds } from '../records.js'
import type { Tables } from './tables.js'

/** How rows of a table expire. */
export interface Expiry {
  readonly table: keyof Tables
  /** The column with the time; an index starts with it. */
  readonly time: string
  /** The columns that distinguish rows of the same instant. */
  readonly key: readonly string[]
  /** Returns the exclusive upper limit of the times of expired rows. */
  before(request: Purge): EpochMilliseconds
}

/** A record is expired at `expiresAt` itself. */
const atItsEnd = ({ now }: Purge) => now + 1

/** How the rows of the core expire. */
export const coreExpiries = {
  sessions: { table: 'fast_auth_sessions', time: 'expires_at', key: ['id'], before: atItsEnd },
  oneTimeTokens: { table: 'fast_auth_one_time_tokens', time: 'expires_at', key: ['hash'], before: atItsEnd },
  messages: { table: 'fast_auth_outbox', time: 'expires_at', key: ['id'], before: atItsEnd },
  revocations: {
    table: 'fast_auth_revocations',
    time: 'revoked_at',
    key: ['kind', 'id', 'generation'],
    before: ({ revokedBefore }) => revokedBefore,
  },
} as const satisfies Partial<Record<keyof Purged, Expiry>>

/** All tables, with rows of columns that are named at run time. */
type Untyped = Record<keyof Tables, Record<string, string | number>>

/**
 * Removes the oldest rows: all up to the last of those selected in a derived table. Listing each row would be simpler, but
 * MariaDB then reads the whole table.
 */
async function remove(
  transaction: Kysely<Tables & Untyped>,
  { table, time, key, before }: Expiry,
  request: Purge,
): Promise<number> {
  const order = [time, ...key]
  const columns = sql.join(order.map(column => sql.ref(column)))
  const last = await transaction
    .selectFrom(({ selectFrom }) =>
      selectFrom(table)
        .select(order)
        .where(time, '<', before(request))
        .orderBy(columns)
        .limit(request.limit)
        .as('oldest'),
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

/**
 * Removes the oldest expired rows, at most `limit` of each kind. The caller opens the transaction.
 * @param expiries how the rows of each kind expire
 */
export async function purge(
  transaction: Kysely<Tables>,
  request: Purge,
  expiries: Readonly<Record<keyof Purged, Expiry>>,
): Promise<Purged> {
  const tables = transaction.withTables<Untyped>()
  const purged: Partial<Record<keyof Purged, number>> = {}
  for (const kind of Object.keys(expiries) as (keyof Purged)[])
    purged[kind] = await remove(tables, expiries[kind], request)
  return purged as Purged
}
