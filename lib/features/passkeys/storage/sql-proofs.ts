import type { Kysely } from 'kysely'
import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { PasskeyProof } from '../port.js'
import { settlePasskey } from '../settle-passkey.js'
import { countPasskeys, isSpent, readByCredentialId, spend, updatePasskey } from './sql-records.js'

async function checkPasskey(
  transaction: Kysely<Tables>,
  proof: PasskeyProof,
  { user: { id: userId }, now }: ProofSubject,
): Promise<ProofFinding> {
  if (await isSpent(transaction, proof)) return 'spent'
  const passkey = settlePasskey(await readByCredentialId(transaction, proof.credentialId), proof, { userId, now })
  if (passkey === 'stale') return 'stale'
  return async session => {
    await spend(transaction, proof, { passkey, session })
    await updatePasskey(transaction, passkey)
  }
}

/** The proof of a passkey. The caller has locked the user. A passkey alone never makes a second factor due. */
export const sqlPasskeyProofs: ProofPart<Kysely<Tables>> = {
  kinds: { passkey: { factor: 'both', check: checkPasskey } },
  countFirstFactors: (transaction, { id }) => countPasskeys(transaction, id),
}
