import type { MembershipFollowUp, MembershipPart } from '../membership-part.js'
import type { ProofFinding, ProofPart } from '../proof-part.js'
import type { Purge } from '../purge.js'
import type { UserChange, UserFollowUp } from '../user-follow-up.js'
import type { DefineMethod } from './memory-method.js'
import type { MemoryTables } from './memory-tables.js'

/** How records follow a change of their user, in the memory storage. */
export type MemoryFollowUp = UserFollowUp<MemoryTables, readonly string[]>

/** The proofs of one feature, in the memory storage. */
export type MemoryProofPart = ProofPart<MemoryTables, ProofFinding<void>, boolean, number>

/** Reads memberships, in the memory storage. */
export type MemoryMembershipPart = MembershipPart<MemoryTables, string | null>

/** How records follow a change of memberships, in the memory storage. */
export type MemoryMembershipFollowUp = MembershipFollowUp<MemoryTables, readonly string[]>

/** The part of a feature with tables of its own. */
export interface MemoryPart<Store> {
  readonly store: Store
  readonly followUp?: MemoryFollowUp
  readonly proofs?: MemoryProofPart
  /** Removes expired records. Returns their number. */
  purge?(request: Purge): number
}

export type CreateMemoryPart<Store> = (tables: MemoryTables, method: DefineMethod) => MemoryPart<Store>

/** Calls one function of every feature. Returns the ids of all of them. */
export function followUserInMemory(
  followUps: readonly MemoryFollowUp[],
  name: keyof MemoryFollowUp,
  tables: MemoryTables,
  change: UserChange,
): string[] {
  return followUps.flatMap(followUp => followUp[name]?.(tables, change) ?? [])
}
