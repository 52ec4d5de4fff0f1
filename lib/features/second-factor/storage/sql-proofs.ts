import type { Kysely } from 'kysely'
import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { RecoveryCodeProof, TotpProof } from '../port.js'
import { settleTotp } from '../settle-totp.js'
import { hasConfirmedFactor, readFactor, updateFactor } from './sql-records.js'

async function checkTotp(transaction: Kysely<Tables>, proof: TotpProof, { user }: ProofSubject): Promise<ProofFinding> {
  const settled = settleTotp(await readFactor(transaction, user.id), proof)
  return typeof settled === 'string' ? settled : () => updateFactor(transaction, settled)
}

async function checkRecoveryCode(
  transaction: Kysely<Tables>,
  { hash }: RecoveryCodeProof,
  { user }: ProofSubject,
): Promise<ProofFinding> {
  const code = await transaction
    .selectFrom('fast_auth_recovery_codes')
    .select('hash')
    .where('user_id', '=', user.id)
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (code === undefined) return 'spent'
  return async () => {
    await transaction
      .deleteFrom('fast_auth_recovery_codes')
      .where('user_id', '=', user.id)
      .where('hash', '=', hash)
      .execute()
  }
}

/** The proofs of a second factor. The caller has locked the user. */
export const sqlSecondFactorProofs: ProofPart<Kysely<Tables>> = {
  kinds: {
    totp: { factor: 'second', check: checkTotp },
    recoveryCode: { factor: 'second', check: checkRecoveryCode },
  },
  hasSecondFactor: hasConfirmedFactor,
}
