import type { AskingSession } from '../../storage/asking-session.js'
import type { EndedGeneration, EpochMilliseconds } from '../../storage/records.js'
import type { MembershipRecord } from './membership-record.js'
import type { BuiltInRole, OwnRoles } from './roles.js'

/** An organisation. */
export interface OrganizationRecord {
  /** UUID, generated above the port. */
  readonly id: string
  readonly name: string
  /** `personal`: it belongs to one user, was created with them, and is deleted with them. It has no other members. */
  readonly kind: 'shared' | 'personal'
  readonly createdAt: EpochMilliseconds
}

/** The user who wants to change something in an organisation. `decideMembership` decides within the step. */
export interface Actor {
  readonly userId: string
  /** The least role that the change needs. */
  readonly atLeast: BuiltInRole
  /** The application's own roles. */
  readonly ownRoles: OwnRoles
  /** The requesting session. If it is given and is not a live session of the actor, the outcome is `sessionEnded`. */
  readonly asking?: AskingSession
}

/** An organisation, and the membership of a user in it. */
export interface OrganizationOfMember {
  readonly organization: OrganizationRecord
  readonly membership: MembershipRecord
}

/** A request to store a new organisation. */
export interface CreateOrganization {
  readonly organization: OrganizationRecord
  /** The first owner, who joins at `createdAt`. */
  readonly userId: string
  /** How many organisations of kind `shared` the user may own, this one included. At least 1. */
  readonly maximumOwned: number
  readonly asking: AskingSession
}

/** The outcome of storing a new organisation. `sessionEnded` takes precedence. */
export type OrganizationCreation = { readonly outcome: 'created' | 'sessionEnded' | 'limitReached' }

/** A request to rename an organisation. */
export interface RenameOrganization {
  readonly organizationId: string
  readonly name: string
  readonly actor: Actor
}

/** The outcome of renaming an organisation. `sessionEnded` takes precedence over the decision of `decideMembership`. */
export type OrganizationRenaming =
  | { readonly outcome: 'renamed'; readonly organization: OrganizationRecord; readonly membership: MembershipRecord }
  | { readonly outcome: 'sessionEnded' | 'unknown' | 'forbidden' }

/** A request to delete an organisation. */
export interface DeleteOrganization {
  readonly organizationId: string
  readonly actor: Actor
  readonly now: EpochMilliseconds
}

/** The access that ends with a membership or a role. */
export interface EndedAccess {
  /** The access tokens that name the former role. Their sessions go on. */
  readonly endedGenerations: readonly EndedGeneration[]
  /** The API keys that were removed, or whose role changed. Absent or empty if the storage has no API keys. */
  readonly apiKeyIds?: readonly string[]
}

/** The outcome of deleting an organisation. `sessionEnded` takes precedence over the decision of `decideMembership`. */
export type OrganizationDeletion =
  | ({ readonly outcome: 'deleted'; readonly organization: OrganizationRecord } & EndedAccess)
  | { readonly outcome: 'sessionEnded' | 'unknown' | 'forbidden' | 'personal' }

/** A request for a page of the organisations of a user. */
export interface ListOrganizations {
  readonly userId: string
  /** The page starts after this id, whether or not its organisation still exists; if omitted, at the first one. */
  readonly afterId?: string
  readonly limit: number
}

/**
 * Organisations. Every method is one atomic step; none reads a clock. A method that changes something checks within its step
 * what the actor may do, as `decideMembership` says. Nothing is written unless the outcome names the change.
 */
export interface OrganizationStore {
  /**
   * Stores an organisation with its first owner. Of concurrent calls of one user, no more than the maximum succeed. Rejects, and
   * writes nothing, if another organisation has this id.
   */
  create(request: CreateOrganization): Promise<OrganizationCreation>

  /** Returns the organisation with the membership of the user; `null` if the user is not a member. */
  find(request: { readonly organizationId: string; readonly userId: string }): Promise<OrganizationOfMember | null>

  /** Returns a page of the user's organisations, ordered by `id`, byte for byte. */
  list(request: ListOrganizations): Promise<readonly OrganizationOfMember[]>

  /** Renames an organisation. The intention is `manage`. */
  rename(request: RenameOrganization): Promise<OrganizationRenaming>

  /**
   * Removes an organisation with its memberships, invitations and API keys. The intention is `collaborate`. In the same step,
   * all sessions that act in it act in none. The revocation feed has a line of kind `generation` for each of them, and one for
   * each API key.
   */
  delete(request: DeleteOrganization): Promise<OrganizationDeletion>
}
