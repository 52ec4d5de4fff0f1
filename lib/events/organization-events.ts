import type { EventContext, SessionEvent, UserEvent, WithoutReason } from './event-context.js'

/** An organisation was created, renamed or deleted. */
interface OrganizationChanged extends UserEvent {
  readonly name: 'organization_change'
  readonly organizationId: string
  readonly reason: 'organization_created' | 'organization_renamed' | 'organization_deleted'
}

/** A user became a member, got another role, was removed or left. `userId` is the user who has changed it. */
interface MembershipChanged extends UserEvent {
  readonly name: 'organization_membership_change'
  readonly organizationId: string
  /** The user whose membership it is. */
  readonly memberId: string
  /** The role after the change; the former one if the membership has ended. */
  readonly role: string
  readonly reason: 'member_joined' | 'role_changed' | 'member_removed' | 'member_left'
}

/** An invitation was sent, withdrawn or declined. `userId` is `null` if the invited person has declined it. */
interface InvitationChanged extends EventContext {
  readonly name: 'organization_invitation_change'
  readonly organizationId: string
  readonly invitationId: string
  readonly reason: 'member_invited' | 'invitation_revoked' | 'invitation_declined'
}

/** A session acts in another organisation from now on, or in none (`null`). */
interface OrganizationSwitched extends SessionEvent, WithoutReason {
  readonly name: 'organization_switched'
  readonly organizationId: string | null
}

/** The events of organisations. */
export type OrganizationEvent = OrganizationChanged | MembershipChanged | InvitationChanged | OrganizationSwitched
