/** The built-in roles, the highest first. */
export const builtInRoles = ['owner', 'admin', 'member'] as const

/** Maximum number of the application's own roles. */
export const maximumRoles = 50

/** A built-in role. An owner may do what an admin may, and an admin what a member may. */
export type BuiltInRole = (typeof builtInRoles)[number]

/** The application's own roles, each with the built-in role that it is like. */
export type OwnRoles = Readonly<Record<string, 'admin' | 'member'>>

const ranks: Readonly<Record<BuiltInRole, number>> = { owner: 3, admin: 2, member: 1 }

function isBuiltIn(role: string): role is BuiltInRole {
  return Object.hasOwn(ranks, role)
}

/** Returns the built-in role that a role is or is like. A role that the application does not have any more is like `member`. */
export function likeOf(role: string, ownRoles: OwnRoles): BuiltInRole {
  if (isBuiltIn(role)) return role
  return Object.hasOwn(ownRoles, role) ? (ownRoles[role] as BuiltInRole) : 'member'
}

/** Returns whether a role may do what another one may. */
export function isAtLeast(role: string, other: string, ownRoles: OwnRoles): boolean {
  return ranks[likeOf(role, ownRoles)] >= ranks[likeOf(other, ownRoles)]
}

/**
 * Returns whether a role includes another one. A built-in role is included in every role that is like it or higher. An own role is
 * included in itself and in higher ones only: a plain member neither passes a guard that requires `billing`, which is like `member`,
 * nor may give this role.
 */
export function suffices(role: string, required: string, ownRoles: OwnRoles): boolean {
  if (role === required) return true
  return likeOf(required, ownRoles) === required
    ? isAtLeast(role, required, ownRoles)
    : !isAtLeast(required, role, ownRoles)
}
