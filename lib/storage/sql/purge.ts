import type { Kysely } from 'kysely'
import type { Instant, Purge, Purged } from '../storage.js'
import type { Tables } from './tables.js'

/*
 * The rows to go are chosen in a derived table of their own (`oldest`), which looks needless: MySQL takes neither a LIMIT
 * nor the table that is deleted from in a plain subquery.
 */

async function purgeSessions(transaction: Kysely<Tables>, now: Instant, limit: number): Promise<bigint> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_sessions')
    .where('id', 'in', outer =>
      outer
        .selectFrom(inner =>
          inner
            .selectFrom('fast_auth_sessions')
            .select('id')
            .where('expires_at', '<=', now)
            .orderBy('expires_at')
            .limit(limit)
            .as('oldest'),
        )
        .select('oldest.id'),
    )
    .executeTakeFirst()
  return numDeletedRows
}

async function purgeOneTimeTokens(transaction: Kysely<Tables>, now: Instant, limit: number): Promise<bigint> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_one_time_tokens')
    .where('hash', 'in', outer =>
      outer
        .selectFrom(inner =>
          inner
            .selectFrom('fast_auth_one_time_tokens')
            .select('hash')
            .where('expires_at', '<=', now)
            .orderBy('expires_at')
            .limit(limit)
            .as('oldest'),
        )
        .select('oldest.hash'),
    )
    .executeTakeFirst()
  return numDeletedRows
}

async function purgeMessages(transaction: Kysely<Tables>, now: Instant, limit: number): Promise<bigint> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_outbox')
    .where('id', 'in', outer =>
      outer
        .selectFrom(inner =>
          inner
            .selectFrom('fast_auth_outbox')
            .select('id')
            .where('expires_at', '<=', now)
            .orderBy('expires_at')
            .limit(limit)
            .as('oldest'),
        )
        .select('oldest.id'),
    )
    .executeTakeFirst()
  return numDeletedRows
}

async function purgeRevocations(transaction: Kysely<Tables>, before: Instant, limit: number): Promise<bigint> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_revocations')
    .where(({ eb, refTuple }) =>
      eb(
        refTuple('revoked_at', 'kind', 'id', 'generation'),
        'in',
        eb
          .selectFrom(inner =>
            inner
              .selectFrom('fast_auth_revocations')
              .selectAll()
              .where('revoked_at', '<', before)
              .orderBy('revoked_at')
              .limit(limit)
              .as('oldest'),
          )
          .select(['oldest.revoked_at', 'oldest.kind', 'oldest.id', 'oldest.generation'])
          .$asTuple('revoked_at', 'kind', 'id', 'generation'),
      ),
    )
    .executeTakeFirst()
  return numDeletedRows
}

async function purgeEvents(transaction: Kysely<Tables>, before: Instant, limit: number): Promise<bigint> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_events')
    .where('id', 'in', outer =>
      outer
        .selectFrom(inner =>
          inner
            .selectFrom('fast_auth_events')
            .select('id')
            .where('happened_at', '<', before)
            .orderBy('happened_at')
            .limit(limit)
            .as('oldest'),
        )
        .select('oldest.id'),
    )
    .executeTakeFirst()
  return numDeletedRows
}

/** Removes the oldest of what has expired, at most `limit` rows of each kind. The caller opens the transaction. */
export async function purge(
  transaction: Kysely<Tables>,
  { now, revokedBefore, eventsBefore, limit }: Purge,
): Promise<Purged> {
  const sessions = await purgeSessions(transaction, now, limit)
  const oneTimeTokens = await purgeOneTimeTokens(transaction, now, limit)
  const messages = await purgeMessages(transaction, now, limit)
  const revocations = await purgeRevocations(transaction, revokedBefore, limit)
  const events = await purgeEvents(transaction, eventsBefore, limit)
  return {
    sessions: Number(sessions),
    oneTimeTokens: Number(oneTimeTokens),
    messages: Number(messages),
    revocations: Number(revocations),
    events: Number(events),
  }
}
