/** Determines the roles of users in organisations. */
export interface RoleSource {
  /** Every role, the built-in ones first. */
  readonly roles: readonly string[]
  /** Returns whether a guard that requires a role accepts another one. */
  suffices(role: string, required: string): boolean
  /** Returns the role of a user in an organisation, from the storage; `null` if the user is not a member. */
  roleIn(organizationId: string, userId: string): Promise<string | null>
}
