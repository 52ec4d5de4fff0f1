import type { ProofFinding, ProofPart } from '../../storage/proof-part.js'
import type { UserRecord } from '../../storage/records.js'

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** Returns how many first factors the user has, of all features. The caller has locked the user. */
export async function countFirstFactors<Step>(
  parts: readonly ProofPart<Step>[],
  step: Step,
  user: UserRecord,
): Promise<number> {
  const counts: number[] = []
  for (const part of parts) counts.push((await part.countFirstFactors?.(step, user)) ?? 0)
  return sum(counts)
}

/** The same, for the memory storage: its steps are synchronous. */
export function countFirstFactorsInMemory<Step>(
  parts: readonly ProofPart<Step, ProofFinding<void>, boolean, number>[],
  step: Step,
  user: UserRecord,
): number {
  return sum(parts.map(part => part.countFirstFactors?.(step, user) ?? 0))
}
