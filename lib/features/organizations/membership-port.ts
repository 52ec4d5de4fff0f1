import type { EpochMilliseconds, SessionRecord, UserRecord } from '../../storage/records.js'
import type { MembershipRecord } from './membership-record.js'
import type { Actor, EndedAccess } from './organization-port.js'

/** A request for a page of the members of an organisation. */
export interface ListMembers {
  readonly organizationId: string
  /** The page starts after this id of a user, whether or not they are still a member; if omitted, at the first one. */
  readonly afterUserId?: string
  readonly limit: number
}

/** A member, with their account. */
export interface Member {
  readonly membership: MembershipRecord
  readonly user: UserRecord
}

/** A request to change the role of a member. */
export interface ChangeMemberRole {
  readonly organizationId: string
  /** The member. */
  readonly userId: string
  readonly role: string
  readonly actor: Actor
  readonly now: EpochMilliseconds
}

/** The outcome of changing a role. `sessionEnded` takes precedence over the decision of `decideMembership`. */
export type MemberRoleChange =
  | ({
      readonly outcome: 'changed'
      readonly member: Member
      /** The role before. */
      readonly previousRole: string
    } & EndedAccess)
  | { readonly outcome: 'sessionEnded' | 'unknown' | 'forbidden' | 'personal' | 'unknownMember' | 'lastOwner' }

/** A request to end a membership: the actor leaves, or removes a member. */
export interface EndMembership {
  readonly organizationId: string
  /** The member. */
  readonly userId: string
  readonly actor: Actor
  readonly now: EpochMilliseconds
}

/** The outcome of ending a membership. `sessionEnded` takes precedence over the decision of `decideMembership`. */
export type MembershipEnding =
  | ({ readonly outcome: 'ended'; readonly membership: MembershipRecord } & EndedAccess)
  | { readonly outcome: 'sessionEnded' | 'unknown' | 'forbidden' | 'personal' | 'unknownMember' | 'lastOwner' }

/** A request to let a session act in another organisation. */
export interface SwitchOrganization {
  readonly sessionId: string
  readonly userId: string
  /** `null`: in none. */
  readonly organizationId: string | null
  /** The session's new `expiresAt`, before it is limited to its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  readonly now: EpochMilliseconds
}

/** The outcome of letting a session act in another organisation. */
export type OrganizationSwitch =
  /** The session with its new generation: one higher than before. */
  | { readonly outcome: 'switched'; readonly user: UserRecord; readonly session: SessionRecord }
  /** The session is not a live session of the user. */
  | { readonly outcome: 'sessionEnded' }
  /** The user is not a member. */
  | { readonly outcome: 'unknown' }

/**
 * Memberships. Every method is one atomic step; none reads a clock. A method that changes something checks within its step what
 * the actor may do, as `decideMembership` says. Nothing is written unless the outcome names the change.
 *
 * A session names the role of its user in the organisation in which it acts, and so do its access tokens. Each change of a
 * membership therefore changes the sessions of the user that act there, in the same step. For each of them, the step records a
 * line of kind `generation` with the present generation in the revocation feed. The line is written once, also if the same
 * generation ends twice at one instant. The step also records the API keys of the user that act in the organisation.
 */
export interface MembershipStore {
  /** Returns a page of the members of an organisation, ordered by `userId`, byte for byte. */
  list(request: ListMembers): Promise<readonly Member[]>

  /**
   * Changes the role of a member, also to the role that they have. Removes the invitation of the organisation to the address of the
   * member, which could grant a higher role later. Of concurrent calls, including those of `end` and `users.delete`, none takes an
   * organisation its last owner.
   */
  changeRole(request: ChangeMemberRole): Promise<MemberRoleChange>

  /**
   * Ends a membership. The sessions of the member that act in the organisation act in none; the member's API keys of the
   * organisation are removed. So are the invitations that the member has sent, and the one to the address of the member, who
   * could return by it. `users.delete` removes the same in all organisations of the user.
   */
  end(request: EndMembership): Promise<MembershipEnding>

  /**
   * Lets one session act in an organisation, with the role of its user there. The same step increases the generation of the
   * session by one (`rotatedAt = now`, `expiresAt` as in `sessions.rotate`). It records the former generation in the revocation
   * feed, since earlier access tokens name another organisation. It need not notify the listeners of the feed: the change takes no
   * access away. If several outcomes apply, it is `sessionEnded`.
   */
  switch(request: SwitchOrganization): Promise<OrganizationSwitch>
}
