import type { EpochMilliseconds } from '../storage/records.js'

/** The organisation that `app.fastAuth.deleteOrganization` deletes. */
export interface DeleteOrganizationAsOwner {
  readonly organizationId: string
  /** An owner, for whom the application acts. */
  readonly ownerId: string
}

/** The role that `app.fastAuth.changeMemberRole` gives. */
export interface ChangeMemberRoleAsOwner extends DeleteOrganizationAsOwner {
  /** The member. */
  readonly userId: string
  readonly role: string
}

/**
 * The outcome of `app.fastAuth.deleteOrganization`. `unknown`: there is no such organisation, or `ownerId` is not a member.
 * `forbidden`: `ownerId` is not an owner.
 */
export interface OrganizationDeleting {
  readonly outcome: 'deleted' | 'unknown' | 'forbidden' | 'personal'
}

/** A membership with its new role. */
export interface ChangedMembership {
  readonly organizationId: string
  readonly userId: string
  readonly role: string
  readonly joinedAt: EpochMilliseconds
}

/**
 * The outcome of `app.fastAuth.changeMemberRole`. `unknown` and `forbidden` as for `deleteOrganization`; `unknownMember`:
 * `userId` is not a member; `lastOwner`: the organisation would have no owner.
 */
export type MemberRoleChanging =
  | { readonly outcome: 'changed'; readonly membership: ChangedMembership }
  | { readonly outcome: 'unknown' | 'forbidden' | 'personal' | 'unknownMember' | 'lastOwner' }

/** Functions with which the application changes organisations in place of one of their owners. */
export interface OrganizationAdministration {
  deleteOrganization(request: DeleteOrganizationAsOwner, now: EpochMilliseconds): Promise<OrganizationDeleting>
  changeMemberRole(request: ChangeMemberRoleAsOwner, now: EpochMilliseconds): Promise<MemberRoleChanging>
}
