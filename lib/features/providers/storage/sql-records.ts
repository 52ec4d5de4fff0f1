import type { Kysely } from 'kysely'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { discardEmailChange, revokeSessionsOf } from '../../../storage/sql/revoke.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { IdentityKey, IdentityRecord } from '../port.js'
import { fromIdentity, keyHash, toIdentity } from './sql-rows.js'

/**
 * Reads an identity of any user; `null` if there is none. In a step that decides on it, the caller has locked the user in an
 * earlier statement: this one then sees what all earlier steps have written.
 */
export async function readIdentityWith(transaction: Kysely<Tables>, key: IdentityKey): Promise<IdentityRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_identities')
    .selectAll()
    .where('key_hash', '=', keyHash(key))
    .executeTakeFirst()
  return row === undefined ? null : toIdentity(row)
}

/** Reads an identity of the user; `null` if the user has no such identity. */
export async function readIdentity(
  transaction: Kysely<Tables>,
  { identityId, userId }: { readonly identityId: string; readonly userId: string },
): Promise<IdentityRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_identities')
    .selectAll()
    .where('id', '=', identityId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? null : toIdentity(row)
}

export async function countIdentities(transaction: Kysely<Tables>, userId: string): Promise<number> {
  const { total } = await transaction
    .selectFrom('fast_auth_identities')
    .select(({ fn }) => fn.countAll().as('total'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Stores a new identity. A concurrent step that stores it too violates the unique key: it is retried, and finds the identity. */
export async function addIdentity(transaction: Kysely<Tables>, identity: IdentityRecord): Promise<void> {
  await transaction.insertInto('fast_auth_identities').values(fromIdentity(identity)).execute()
}

/** Removes the identities of the user. */
export async function removeIdentities(transaction: Kysely<Tables>, userId: string): Promise<void> {
  await transaction.deleteFrom('fast_auth_identities').where('user_id', '=', userId).execute()
}

/** Ends the sessions of the user whose methods include `provider`, except one. The caller has locked the user. */
export async function endProviderSessions(
  transaction: Kysely<Tables>,
  userId: string,
  { exceptSessionId, now }: { readonly exceptSessionId: string; readonly now: EpochMilliseconds },
): Promise<readonly string[]> {
  const sessions = await transaction
    .selectFrom('fast_auth_sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('methods', 'like', '%provider%')
    .execute()
  const sessionIds = sessions.map(({ id }) => id).filter(id => id !== exceptSessionId)
  if (sessionIds.length === 0) return []
  await discardEmailChange(transaction, userId, sessionIds)
  return revokeSessionsOf(transaction, { userId, sessionIds, now })
}
