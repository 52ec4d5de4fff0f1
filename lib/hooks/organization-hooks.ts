import type { HookContext } from './hook-context.js'

/** The input of the hook `afterOrganizationChange`. */
export interface OrganizationChangeHookContext extends HookContext {
  /** The user who has changed it. */
  readonly userId: string
  readonly organization: { readonly id: string; readonly name: string; readonly kind: 'shared' | 'personal' }
  readonly reason: 'organization_created' | 'organization_renamed' | 'organization_deleted'
}

/** The input of the hook `afterMembershipChange`. */
export interface MembershipChangeHookContext extends HookContext {
  /** The user who has changed it: the member, or another one. */
  readonly userId: string
  /** After the change; the former role if the membership has ended. `userId` is the member. */
  readonly membership: { readonly organizationId: string; readonly userId: string; readonly role: string }
  readonly reason: 'member_joined' | 'role_changed' | 'member_removed' | 'member_left'
}

/** The input of the hook `afterInvitationChange`. */
export interface InvitationChangeHookContext extends HookContext {
  readonly invitation: {
    readonly id: string
    readonly organizationId: string
    readonly email: string
    readonly role: string
  }
  readonly reason: 'member_invited' | 'invitation_revoked' | 'invitation_declined'
}
