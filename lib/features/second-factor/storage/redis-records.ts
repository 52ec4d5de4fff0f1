import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { UserChange, UserFollowUp } from '../../../storage/user-follow-up.js'
import type { RecoveryCodeHash, RecoveryCodeProof, TotpFactorRecord, TotpProof } from '../port.js'
import { settleTotp } from '../settle-totp.js'
import { secondFactorKeys } from './redis-keys.js'

/** Reads the authenticator app of the user; `null` if there is none. */
export async function readFactor(transaction: Transaction, userId: string): Promise<TotpFactorRecord | null> {
  const text = await transaction.get(secondFactorKeys(transaction.keys).totpFactorOf(userId))
  return text === null ? null : (JSON.parse(text) as TotpFactorRecord)
}

/** Returns whether the user has a confirmed authenticator app. */
export async function hasConfirmedFactor(transaction: Transaction, userId: string): Promise<boolean> {
  const factor = await readFactor(transaction, userId)
  return factor !== null && factor.confirmedAt !== null
}

export function writeFactor({ keys, write }: Transaction, factor: TotpFactorRecord): void {
  write('SET', secondFactorKeys(keys).totpFactorOf(factor.userId), JSON.stringify(factor))
}

/** Replaces the recovery codes of the user. */
export function replaceCodes({ keys, write }: Transaction, userId: string, hashes: readonly RecoveryCodeHash[]): void {
  const codes = secondFactorKeys(keys).recoveryCodesOf(userId)
  write('DEL', codes)
  for (const hash of hashes) write('ZADD', codes, '0', hash)
}

/** Removes the authenticator app and the recovery codes of the user. */
export function removeFactors(transaction: Transaction, userId: string): void {
  transaction.write('DEL', secondFactorKeys(transaction.keys).totpFactorOf(userId))
  replaceCodes(transaction, userId, [])
}

async function checkTotp(transaction: Transaction, proof: TotpProof, { user }: ProofSubject): Promise<ProofFinding> {
  const settled = settleTotp(await readFactor(transaction, user.id), proof)
  return typeof settled === 'string' ? settled : () => writeFactor(transaction, settled)
}

async function checkRecoveryCode(
  { keys, read, write }: Transaction,
  { hash }: RecoveryCodeProof,
  { user }: ProofSubject,
): Promise<ProofFinding> {
  const codes = secondFactorKeys(keys).recoveryCodesOf(user.id)
  const score = await read(['ZSCORE', codes, hash])
  return score.length === 0 ? 'spent' : () => write('ZREM', codes, hash)
}

/** The proofs of a second factor. */
export const redisSecondFactorProofs: ProofPart<Transaction> = {
  kinds: {
    totp: { factor: 'second', check: checkTotp },
    recoveryCode: { factor: 'second', check: checkRecoveryCode },
  },
  hasSecondFactor: hasConfirmedFactor,
}

async function removeFactorsOf(transaction: Transaction, { userId }: UserChange): Promise<readonly string[]> {
  removeFactors(transaction, userId)
  return []
}

/** How second factors follow a change of their user. They stay when the user is disabled. */
export const redisSecondFactorFollowUp: UserFollowUp<Transaction> = {
  deleted: removeFactorsOf,
  proven: removeFactorsOf,
}
