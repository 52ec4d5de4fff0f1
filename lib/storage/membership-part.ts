import type { EpochMilliseconds } from './records.js'

/** A user in an organisation. */
export interface MembershipKey {
  readonly organizationId: string
  readonly userId: string
}

/**
 * Reads memberships for other features, on one engine. They know only these functions, none of the tables.
 * @typeParam Step the transaction of the engine
 */
export interface MembershipPart<Step, Role = Promise<string | null>> {
  /** Returns the role of the user in the organisation; `null` if the user is not a member. */
  roleOf(step: Step, key: MembershipKey): Role
  /** Does the same, and locks the membership until the step ends. The caller has locked the user. */
  lockRole(step: Step, key: MembershipKey): Role
}

/** A membership that is being changed, and when. */
export interface MembershipChange extends MembershipKey {
  readonly now: EpochMilliseconds
}

/**
 * How the records of a feature follow a change of memberships, in the same step. Each function returns the ids of the API keys
 * that it has removed, or whose role has changed.
 * @typeParam Step the transaction of the engine
 * @typeParam Ids the ids, or a promise of them
 */
export interface MembershipFollowUp<Step, Ids = Promise<readonly string[]>> {
  /** Called when the role of a member changes. */
  roleChanged(step: Step, change: MembershipChange): Ids
  /** Removes the records of a membership that is being ended. */
  ended(step: Step, change: MembershipChange): Ids
  /** Removes the records of all memberships of an organisation that is being deleted. */
  organizationDeleted(step: Step, change: Pick<MembershipChange, 'organizationId' | 'now'>): Ids
}
