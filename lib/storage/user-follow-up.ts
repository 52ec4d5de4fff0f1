import type { EpochMilliseconds } from './records.js'

/** A user who is being changed, and when. */
export interface UserChange {
  readonly userId: string
  readonly now: EpochMilliseconds
}

/**
 * How the records of a feature follow a change of their user, in the same step. Each function returns the ids of the API keys
 * that it has ended or removed.
 * @typeParam Step the transaction of the engine
 * @typeParam Ids the ids, or a promise of them
 */
export interface UserFollowUp<Step, Ids = Promise<readonly string[]>> {
  /**
   * Returns the ids of the organisations that would lose their last owner with the user. If there are any, the user is not
   * deleted. Called before anything is written. This function returns no ids of API keys.
   */
  orphaned?(step: Step, change: UserChange): Ids
  /** Removes the records of a user who is being deleted. Called before the user's own record is removed. */
  deleted?(step: Step, change: UserChange): Ids
  /** Ends the access that the records give. Called when the user is disabled. */
  disabled?(step: Step, change: UserChange): Ids
  /**
   * Removes the records of an account whose address was unproven until now: someone else may have created them. Called when a
   * password reset or a mailed code proves the address.
   */
  proven?(step: Step, change: UserChange): Ids
  /** Removes what the former address gives access to. Called before the new address is written. Returns no ids. */
  addressChanged?(step: Step, change: UserChange): Ids
}

/** Calls one function of every feature, one after the other. Returns the ids of all of them. */
export async function followUser<Step>(
  followUps: readonly UserFollowUp<Step>[],
  name: keyof UserFollowUp<Step>,
  step: Step,
  change: UserChange,
): Promise<string[]> {
  const ids: string[] = []
  for (const followUp of followUps) ids.push(...((await followUp[name]?.(step, change)) ?? []))
  return ids
}
