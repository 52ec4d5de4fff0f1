import type { AskingSession } from '../../storage/asking-session.js'
import type {
  EpochMilliseconds,
  OneTimeTokenHash,
  OutboxMessageRecord,
  SessionRecord,
  UserRecord,
} from '../../storage/records.js'
import type { CreateUser, UserCreation } from '../accounts/port.js'
import type { MembershipRecord } from './membership-record.js'
import type { Actor, OrganizationRecord } from './organization-port.js'
import type { OwnRoles } from './roles.js'

/** An invitation to an organisation. */
export interface InvitationRecord {
  /** UUID, generated above the port. */
  readonly id: string
  readonly organizationId: string
  /** The canonical address that it was mailed to. Compared byte for byte. */
  readonly email: string
  readonly role: string
  /** SHA-256 of its token. Unique. */
  readonly hash: OneTimeTokenHash
  /** The user who sent it. */
  readonly invitedBy: string
  readonly createdAt: EpochMilliseconds
  /** The invitation is expired from this instant on. */
  readonly expiresAt: EpochMilliseconds
}

/** A request to store an invitation. */
export interface IssueInvitation {
  readonly invitation: InvitationRecord
  /** How many members an organisation may have. Invitations that have not expired count. */
  readonly maximumMembers: number
  readonly actor: Actor
  /** The message that carries the token. */
  readonly messages: readonly OutboxMessageRecord[]
}

/**
 * The outcome of storing an invitation. `full`: the members and the invitations that have not expired at `createdAt`, without one
 * to the same address, are `maximumMembers` or more. If several outcomes apply, it is `sessionEnded`, then the decision of `decideMembership`, then
 * `full`.
 */
export type InvitationIssue = {
  readonly outcome: 'issued' | 'sessionEnded' | 'unknown' | 'forbidden' | 'personal' | 'full'
}

/** An invitation that a client presents with its token. */
export interface PresentedInvitation {
  readonly hash: OneTimeTokenHash
  readonly ownRoles: OwnRoles
  readonly now: EpochMilliseconds
}

/** An invitation, and the organisation that it is for. */
export interface InvitationToOrganization {
  readonly invitation: InvitationRecord
  readonly organization: OrganizationRecord
}

/** A request for a page of the invitations of an organisation. */
export interface ListInvitations {
  readonly organizationId: string
  readonly now: EpochMilliseconds
  /** The page starts after this id, whether or not its invitation still exists; if omitted, at the first one. */
  readonly afterId?: string
  readonly limit: number
}

/** A request to withdraw an invitation. */
export interface RevokeInvitation {
  readonly organizationId: string
  readonly invitationId: string
  readonly actor: Actor
}

/**
 * The outcome of withdrawing an invitation. `unknownInvitation`: the organisation has no such invitation. If several outcomes
 * apply, it is `sessionEnded`, then the decision of `decideMembership`, then `unknownInvitation`.
 */
export type InvitationRevocation =
  | { readonly outcome: 'revoked'; readonly invitation: InvitationRecord }
  | { readonly outcome: 'sessionEnded' | 'unknown' | 'forbidden' | 'personal' | 'unknownInvitation' }

/** A request to accept an invitation. */
export interface AcceptInvitation extends PresentedInvitation {
  readonly userId: string
  /** The session that then acts in the organisation. */
  readonly asking: AskingSession
  /** The session's new `expiresAt`, before it is limited to its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  readonly maximumMembers: number
}

/** The outcome of accepting an invitation. */
export type InvitationAcceptance =
  | {
      readonly outcome: 'accepted'
      readonly user: UserRecord
      /** The session with its new generation: one higher than before. */
      readonly session: SessionRecord
      readonly organization: OrganizationRecord
      readonly membership: MembershipRecord
      /** Whether the user was no member before. */
      readonly isNewMember: boolean
    }
  /**
   * `sessionEnded`: the session is not a live session of the user. `invalid`: there is no live invitation with this hash to the
   * address of the user. `full`: the organisation has `maximumMembers` members, and the user is none of them. If several
   * outcomes apply, it is the first in this order.
   */
  | { readonly outcome: 'sessionEnded' | 'invalid' | 'full' }

/** A request to store a new user who accepts an invitation. */
export interface SignUpWithInvitation extends CreateUser {
  readonly invitation: PresentedInvitation
  readonly maximumMembers: number
}

/**
 * The outcome of storing a user who accepts an invitation. `invalid`: there is no live invitation with this hash to the address of
 * the user. `full`: the organisation has `maximumMembers` members. If several outcomes apply, it is the first of these two, then
 * that of `users.create`.
 */
export type InvitedUserCreation = UserCreation | { readonly outcome: 'invalid' } | { readonly outcome: 'full' }

declare module '../accounts/port.js' {
  interface UserAdditions {
    /** A personal organisation, whose owner the user becomes at its `createdAt`. */
    readonly personalOrganization?: OrganizationRecord
  }
}

/**
 * Invitations. Every method is one atomic step; none reads a clock. An invitation is *live* while it is stored, its organisation
 * exists, and `isInvitationLive` holds for the membership of the user who sent it. Exactly one of several concurrent calls that
 * accept, decline or revoke an invitation succeeds. A step that proves the address of an unproven account (`resetPassword`,
 * `tryCode`, `adopt`) removes the invitations that the account has sent: another user may have created it.
 */
export interface InvitationStore {
  /**
   * Stores an invitation and the messages, in place of an earlier invitation of the organisation to this address. The intention is
   * `invite`. Rejects, and writes nothing, if any other invitation has this id or this hash.
   */
  issue(request: IssueInvitation): Promise<InvitationIssue>

  /** Returns the live invitation and its organisation; `null` if there is none. Consumes nothing. */
  find(request: PresentedInvitation): Promise<InvitationToOrganization | null>

  /** Returns a page of the invitations of an organisation that have not expired at `now`, ordered by `id`, byte for byte. */
  list(request: ListInvitations): Promise<readonly InvitationRecord[]>

  /** Removes an invitation. The intention is `collaborate`. */
  revoke(request: RevokeInvitation): Promise<InvitationRevocation>

  /** Removes a live invitation, at the request of the client that has its token. */
  decline(
    request: PresentedInvitation,
  ): Promise<({ readonly outcome: 'declined' } & InvitationToOrganization) | { readonly outcome: 'invalid' }>

  /**
   * Removes a live invitation and makes the user a member, joined at `now`. A user who is a member already keeps their role. The
   * same step lets the session act in the organisation, as `memberships.switch` does. The token came by mail, so the step also
   * confirms the address (`emailConfirmedAt = now`, unless already set) and discards the pending `confirmEmail` token.
   */
  accept(request: AcceptInvitation): Promise<InvitationAcceptance>

  /**
   * Stores a user as `users.create` does, removes the live invitation, and makes the user a member, joined at the user's
   * `createdAt`. Nothing is written unless the outcome is `created`, except `messagesIfTaken`.
   */
  signUp(request: SignUpWithInvitation): Promise<InvitedUserCreation>
}
