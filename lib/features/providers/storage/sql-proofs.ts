import type { Kysely } from 'kysely'
import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { IdentityProof } from '../port.js'
import { countIdentities, readIdentityWith } from './sql-records.js'

async function checkIdentity(
  transaction: Kysely<Tables>,
  proof: IdentityProof,
  { user, now }: ProofSubject,
): Promise<ProofFinding> {
  const identity = await readIdentityWith(transaction, proof)
  if (identity?.userId !== user.id) return 'stale'
  return async () => {
    await transaction
      .updateTable('fast_auth_identities')
      .set({ last_used_at: now })
      .where('id', '=', identity.id)
      .execute()
  }
}

/** The proof of an identity. The caller has locked the user. */
export const sqlIdentityProofs: ProofPart<Kysely<Tables>> = {
  kinds: { identity: { factor: 'first', check: checkIdentity } },
  countFirstFactors: (transaction, { id }) => countIdentities(transaction, id),
}
