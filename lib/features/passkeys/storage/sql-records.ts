import type { Kysely } from 'kysely'
import type { EpochMilliseconds, SessionRecord } from '../../../storage/records.js'
import { discardEmailChange, revokeSessionsOf } from '../../../storage/sql/revoke.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { PasskeyRecord, SpentChallenge } from '../port.js'
import { credentialHash, fromPasskey, toPasskey } from './sql-rows.js'

/**
 * Reads a passkey of any user; `null` if there is none. In a step that decides on it, the caller has locked the user in an
 * earlier statement: this one then sees what all earlier steps have written.
 */
export async function readByCredentialId(
  transaction: Kysely<Tables>,
  credentialId: string,
): Promise<PasskeyRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_passkeys')
    .selectAll()
    .where('credential_hash', '=', credentialHash(credentialId))
    .executeTakeFirst()
  return row === undefined ? null : toPasskey(row)
}

/** Reads a passkey of the user; `null` if the user has no such passkey. */
export async function readPasskey(
  transaction: Kysely<Tables>,
  { passkeyId, userId }: { readonly passkeyId: string; readonly userId: string },
): Promise<PasskeyRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_passkeys')
    .selectAll()
    .where('id', '=', passkeyId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? null : toPasskey(row)
}

export async function countPasskeys(transaction: Kysely<Tables>, userId: string): Promise<number> {
  const { total } = await transaction
    .selectFrom('fast_auth_passkeys')
    .select(({ fn }) => fn.countAll().as('total'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Writes a passkey that is stored already. */
export async function updatePasskey(transaction: Kysely<Tables>, passkey: PasskeyRecord): Promise<void> {
  const { id, ...row } = fromPasskey(passkey)
  await transaction.updateTable('fast_auth_passkeys').set(row).where('id', '=', id).execute()
}

export async function isSpent(
  transaction: Kysely<Tables>,
  { challengeHash }: Pick<SpentChallenge, 'challengeHash'>,
): Promise<boolean> {
  const use = await transaction
    .selectFrom('fast_auth_passkey_uses')
    .select('challenge_hash')
    .where('challenge_hash', '=', challengeHash)
    .executeTakeFirst()
  return use !== undefined
}

/**
 * Spends the challenge. A step of another user that spends it concurrently violates the primary key: it is retried, and finds
 * the challenge spent.
 */
export async function spend(
  transaction: Kysely<Tables>,
  { challengeHash, challengeExpiresAt }: SpentChallenge,
  { passkey, session }: { readonly passkey: PasskeyRecord; readonly session: SessionRecord | null },
): Promise<void> {
  const row = {
    challenge_hash: challengeHash,
    user_id: passkey.userId,
    passkey_id: passkey.id,
    session_id: session?.id ?? null,
    expires_at: Math.max(challengeExpiresAt, session?.absoluteExpiresAt ?? 0),
  }
  await transaction.insertInto('fast_auth_passkey_uses').values(row).execute()
}

/** Removes the passkeys of the user. */
export async function removePasskeys(transaction: Kysely<Tables>, userId: string): Promise<void> {
  await transaction.deleteFrom('fast_auth_passkeys').where('user_id', '=', userId).execute()
}

/** Ends the sessions of the passkey, except one. The caller has locked the user. */
export async function endSessionsOf(
  transaction: Kysely<Tables>,
  { id, userId }: PasskeyRecord,
  { exceptSessionId, now }: { readonly exceptSessionId: string | null; readonly now: EpochMilliseconds },
): Promise<readonly string[]> {
  const used = await transaction
    .selectFrom('fast_auth_passkey_uses as use')
    .innerJoin('fast_auth_sessions as session', 'session.id', 'use.session_id')
    .select('session.id')
    .distinct()
    .where('use.passkey_id', '=', id)
    .execute()
  const sessionIds = used.map(session => session.id).filter(sessionId => sessionId !== exceptSessionId)
  if (sessionIds.length === 0) return []
  await discardEmailChange(transaction, userId, sessionIds)
  return revokeSessionsOf(transaction, { userId, sessionIds, now })
}
