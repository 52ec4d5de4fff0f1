import type { EpochMilliseconds, SignInMethod, UserRecord } from '../storage/records.js'
import type { Proof } from './sessions/port.js'

/** The user who has to prove something, and when. */
export interface ProofContext {
  readonly user: UserRecord
  readonly now: EpochMilliseconds
}

/** A field of request bodies that proves something, such as `code`. */
export interface ProofField {
  readonly method: SignInMethod
  /**
   * Verifies the value. Writes nothing: the storage uses the proof up in the step that it allows. Every value costs the same.
   * @returns The proof, or why there is none.
   */
  prove(value: string, context: ProofContext): Promise<Proof | 'wrong_second_factor' | 'second_factor_unreadable'>
}

/** The proofs of a feature, beside the password. */
export interface ProofSource {
  /** By the name of the field. */
  readonly fields: Readonly<Record<string, ProofField>>
  /** Returns the methods with which the user can give a second factor: none if the user has no confirmed one. */
  secondFactorsOf(userId: string): Promise<readonly SignInMethod[]>
}

interface WithProofSources {
  readonly proofSources: readonly ProofSource[]
}

/** Returns the methods with which the user can give a second factor: none if the user has no confirmed one. */
export async function secondFactorsOf(
  { proofSources }: WithProofSources,
  userId: string,
): Promise<readonly SignInMethod[]> {
  const methods = await Promise.all(proofSources.map(source => source.secondFactorsOf(userId)))
  return methods.flat()
}

/** Returns the field of a request body. Every field of the schemas belongs to a feature that is on. */
export function proofField({ proofSources }: WithProofSources, name: string): ProofField {
  return proofSources.map(({ fields }) => fields[name]).find(field => field !== undefined) as ProofField
}
