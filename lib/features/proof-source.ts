import type { EpochMilliseconds, SignInMethod, UserRecord } from '../storage/records.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import type { ReadPendingSignIn } from '../tokens/sign-in-token.js'
import type { Proof } from './sessions/port.js'

/** The fields of request bodies that prove something, with their types. Each feature adds its fields by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: features add the members
export interface ProofValues {}

/** The name and the value of one of these fields. */
export type ProofValue = {
  [Field in keyof ProofValues]: { readonly field: Field; readonly value: ProofValues[Field] }
}[keyof ProofValues]

/** The user who has to prove something, when, and where the request came from. */
export interface ProofContext {
  readonly user: UserRecord
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** A proof whose value was verified. */
export interface FoundProof {
  readonly proof: Proof
  /** Called if the storage finds the proof `stale`. */
  afterStale?(): Promise<void>
}

/** A field of request bodies that proves something, such as `code`. */
export interface ProofField<Value> {
  readonly method: SignInMethod
  /**
   * Verifies the value. Writes nothing: the storage uses the proof up in the step that it allows. Every value costs the same.
   * @returns The proof, or why there is none.
   */
  prove(value: Value, context: ProofContext): Promise<FoundProof | 'wrong_second_factor' | 'second_factor_unreadable'>
}

type ProofFields = { readonly [Field in keyof ProofValues]?: ProofField<ProofValues[Field]> }

/** A first factor beside the password. */
export interface FirstFactor {
  readonly method: SignInMethod
  /** Returns the proof with which a sign-in began that waits for a second factor; `null` if it no longer holds. */
  find(user: UserRecord, pending: ReadPendingSignIn, now: EpochMilliseconds): Promise<Proof | null>
}

/** The proofs of a feature, beside the password. */
export interface ProofSource {
  readonly fields: ProofFields
  /** Returns the methods with which the user can give a second factor: none if the user has no confirmed one. */
  secondFactorsOf?(userId: string): Promise<readonly SignInMethod[]>
  /** Returns the methods that replace a second factor but do not make one due: one for each credential of the user. */
  alternativesOf?(userId: string): Promise<readonly SignInMethod[]>
  /** A first factor that a second one may have to follow. */
  readonly firstFactor?: FirstFactor
  /** Whether every user can give the first factor, without a stored credential. */
  readonly isForEveryone?: boolean
}

interface WithProofSources {
  readonly proofSources: readonly ProofSource[]
}

async function methodsOf(
  { proofSources }: WithProofSources,
  kind: 'secondFactorsOf' | 'alternativesOf',
  userId: string,
): Promise<readonly SignInMethod[]> {
  const methods = await Promise.all(proofSources.map(source => source[kind]?.(userId) ?? []))
  return methods.flat()
}

/** Returns the methods that replace a second factor but do not make one due: one for each credential of the user. */
export function alternativesOf(sources: WithProofSources, userId: string): Promise<readonly SignInMethod[]> {
  return methodsOf(sources, 'alternativesOf', userId)
}

/** Returns the methods with which the user can give a second factor: none if the user has no confirmed one. */
export async function secondFactorsOf(sources: WithProofSources, userId: string): Promise<readonly SignInMethod[]> {
  const due = await methodsOf(sources, 'secondFactorsOf', userId)
  if (due.length === 0) return []
  return [...new Set([...due, ...(await alternativesOf(sources, userId))])]
}

/** Returns the field of a request body. Every field of the schemas belongs to a feature that is on. */
export function proofField<Field extends keyof ProofValues>(
  { proofSources }: WithProofSources,
  name: Field,
): ProofField<ProofValues[Field]> {
  const [field] = proofSources.flatMap(({ fields }) => fields[name] ?? [])
  return field as unknown as ProofField<ProofValues[Field]>
}
