import type { Kysely } from 'kysely'
import type { EpochMilliseconds } from '../../../storage/records.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { RecoveryCodeHash, TotpFactorRecord } from '../port.js'
import { fromFactor, toFactor } from './sql-rows.js'

/**
 * Reads the authenticator app of the user; `null` if there is none. In a step that decides on it, the caller has locked the
 * user in an earlier statement: this one then sees what all earlier steps have written.
 */
export async function readFactor(transaction: Kysely<Tables>, userId: string): Promise<TotpFactorRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_totp_factors')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? null : toFactor(row)
}

/** Returns whether the user has a confirmed authenticator app. The caller has locked the user. */
export async function hasConfirmedFactor(transaction: Kysely<Tables>, userId: string): Promise<boolean> {
  const factor = await readFactor(transaction, userId)
  return factor !== null && factor.confirmedAt !== null
}

/** Writes an authenticator app that is stored already. */
export async function updateFactor(transaction: Kysely<Tables>, factor: TotpFactorRecord): Promise<void> {
  const { id, ...row } = fromFactor(factor)
  await transaction.updateTable('fast_auth_totp_factors').set(row).where('id', '=', id).execute()
}

async function removeCodes(transaction: Kysely<Tables>, userId: string): Promise<void> {
  await transaction.deleteFrom('fast_auth_recovery_codes').where('user_id', '=', userId).execute()
}

/** Replaces the recovery codes of the user. */
export async function replaceCodes(
  transaction: Kysely<Tables>,
  userId: string,
  { hashes, now }: { readonly hashes: readonly RecoveryCodeHash[]; readonly now: EpochMilliseconds },
): Promise<void> {
  await removeCodes(transaction, userId)
  if (hashes.length === 0) return
  const rows = hashes.map(hash => ({ user_id: userId, hash, created_at: now }))
  await transaction.insertInto('fast_auth_recovery_codes').values(rows).execute()
}

/** Removes the authenticator app of the user. Returns whether there was one. */
export async function removeFactor(transaction: Kysely<Tables>, userId: string): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_totp_factors')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Removes the authenticator app and the recovery codes of the user. Returns whether there was an app. */
export async function removeFactors(transaction: Kysely<Tables>, userId: string): Promise<boolean> {
  await removeCodes(transaction, userId)
  return removeFactor(transaction, userId)
}
