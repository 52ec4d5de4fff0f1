import type { Kysely } from 'kysely'
import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { EmailCodeProof } from '../port.js'

async function checkCode(
  transaction: Kysely<Tables>,
  { codeId, hash }: EmailCodeProof,
  { user, now }: ProofSubject,
): Promise<ProofFinding> {
  // Locked: without that, a concurrent wrong try could use up the last one before the code is consumed.
  const code = await transaction
    .selectFrom('fast_auth_sign_in_codes')
    .select('id')
    .where('id', '=', codeId)
    .where('hash', '=', hash)
    .where('email', '=', user.email)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  if (code === undefined) return 'stale'
  return async () => {
    await transaction.deleteFrom('fast_auth_sign_in_codes').where('id', '=', codeId).execute()
  }
}

/** The proof of a mailed code. The caller has locked the user. */
export const sqlEmailCodeProofs: ProofPart<Kysely<Tables>> = {
  kinds: { emailCode: { factor: 'first', check: checkCode } },
}
