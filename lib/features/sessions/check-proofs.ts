import type { ProofFinding, ProofKindPart, ProofPart, ProofSubject } from '../../storage/proof-part.js'
import type { SessionRecord } from '../../storage/records.js'
import type { Proof } from './port.js'

/** The proofs of a request, and what the request requires of them. */
export interface ProofRequest extends ProofSubject {
  readonly proofs: readonly Proof[]
  /** Whether one of them must be a first factor. */
  readonly needsFirstFactor: boolean
}

/** All proofs hold, and their functions write that; or the first reason why not. */
export type CheckedProofs<Settled = void | Promise<void>> =
  | { readonly outcome: 'hold'; readonly settle: readonly ((session: SessionRecord) => Settled)[] }
  | { readonly outcome: 'stale' | 'spent' | 'secondFactorMissing' }

/** A proof, and how the engine checks its kind. */
interface Checkable<Step, Finding> {
  readonly proof: Proof
  readonly kind: ProofKindPart<Step, Finding>
}

/** Returns the parts of the proofs' kinds; `null` if a proof has none, a kind occurs twice, or a factor is missing. */
function checkable<Step, Finding, Due>(
  parts: readonly ProofPart<Step, Finding, Due, unknown>[],
  { proofs, needsFirstFactor }: ProofRequest,
): readonly Checkable<Step, Finding>[] | null {
  const kinds = new Map(parts.flatMap(part => Object.entries(part.kinds)))
  const found = proofs.flatMap(proof => {
    const kind = kinds.get(proof.kind)
    return kind === undefined ? [] : [{ proof, kind }]
  })
  const isFirstFactorGiven = found.some(({ kind }) => kind.factor !== 'second')
  const isEnough = found.length > 0 && (isFirstFactorGiven || !needsFirstFactor)
  const isEachKindOnce = new Set(found.map(({ kind }) => kind)).size === proofs.length
  return isEachKindOnce && isEnough ? found : null
}

const isSecondFactor = <Step, Finding>({ kind }: Checkable<Step, Finding>) => kind.factor !== 'first'

/** Returns whether the findings hold, apart from a second factor that is due. */
function conclude<Settled>(findings: readonly ProofFinding<Settled>[]): CheckedProofs<Settled> {
  const refused = findings.find(finding => typeof finding === 'string')
  if (typeof refused === 'string') return { outcome: refused }
  return { outcome: 'hold', settle: findings as ((session: SessionRecord) => Settled)[] }
}

/**
 * Checks the proofs of a session within the step that writes it. The caller has locked the user. Nothing is written: if the
 * proofs hold, and the step goes on, the caller calls every function of `settle` with the session.
 *
 * A proof of an unknown kind is `stale`, and so are two of one kind and too few proofs. `secondFactorMissing`: the user has a confirmed second
 * factor now, and none of the proofs is one.
 */
export async function checkProofs<Step>(
  parts: readonly ProofPart<Step>[],
  step: Step,
  request: ProofRequest,
): Promise<CheckedProofs> {
  const given = checkable(parts, request)
  if (given === null) return { outcome: 'stale' }
  const findings: ProofFinding[] = []
  for (const { proof, kind } of given) findings.push(await kind.check(step, proof as never, request))
  const checked = conclude(findings)
  if (checked.outcome !== 'hold' || given.some(isSecondFactor)) return checked
  for (const part of parts)
    if ((await part.hasSecondFactor?.(step, request.user.id)) === true) return { outcome: 'secondFactorMissing' }
  return checked
}

/** The same, for the memory storage: its steps are synchronous. */
export function checkProofsInMemory<Step>(
  parts: readonly ProofPart<Step, ProofFinding<void>, boolean, number>[],
  step: Step,
  request: ProofRequest,
): CheckedProofs<void> {
  const given = checkable(parts, request)
  if (given === null) return { outcome: 'stale' }
  const checked = conclude(given.map(({ proof, kind }) => kind.check(step, proof as never, request)))
  if (checked.outcome !== 'hold' || given.some(isSecondFactor)) return checked
  const isDue = parts.some(part => part.hasSecondFactor?.(step, request.user.id) === true)
  return isDue ? { outcome: 'secondFactorMissing' } : checked
}
