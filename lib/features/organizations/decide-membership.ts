import type { Actor, InvitationRecord, MembershipRecord, OrganizationRecord } from './port.js'
import { isAtLeast, type OwnRoles, suffices } from './roles.js'

/** The change that an actor requests in an organisation. */
export type Intention =
  /** Something that needs only the role of the actor. */
  | { readonly kind: 'manage' }
  /** The same, but not in a personal organisation. */
  | { readonly kind: 'collaborate' }
  | { readonly kind: 'invite'; readonly role: string }
  | {
      readonly kind: 'changeRole'
      /** The membership as stored at that moment, or `null`. */
      readonly member: MembershipRecord | null
      readonly role: string
      /** Whether a user other than the member is an owner. */
      readonly hasOtherOwner: boolean
    }
  | {
      readonly kind: 'end'
      readonly member: MembershipRecord | null
      readonly hasOtherOwner: boolean
    }

/** An organisation, its actor and the requested change, as stored at that moment. */
export interface MembershipQuestion<Wanted extends Intention = Intention> {
  readonly organization: OrganizationRecord | null
  /** The membership of the actor, or `null`. */
  readonly acting: MembershipRecord | null
  readonly actor: Actor
  readonly intention: Wanted
}

interface RefusalsByKind {
  readonly manage: 'unknown' | 'forbidden'
  readonly collaborate: 'unknown' | 'forbidden' | 'personal'
  readonly invite: 'unknown' | 'forbidden' | 'personal'
  readonly changeRole: 'unknown' | 'forbidden' | 'personal' | 'unknownMember' | 'lastOwner'
  readonly end: 'unknown' | 'forbidden' | 'personal' | 'unknownMember' | 'lastOwner'
}

/**
 * `unknown`: there is no such organisation, or the actor is not a member. `forbidden`: the role of the actor is too low.
 * `personal`: a personal organisation has one member. `unknownMember`: the other user is not a member. `lastOwner`: the
 * organisation would have no owner.
 */
export type MembershipDecision<Kind extends Intention['kind'] = Intention['kind']> = 'allowed' | RefusalsByKind[Kind]

/** Returns whether the member is one whom the actor may remove: themselves, or a member with a lesser role. */
function mayEnd(acting: MembershipRecord, member: MembershipRecord | null, { atLeast, ownRoles }: Actor): boolean {
  if (member?.userId === acting.userId) return true
  if (!isAtLeast(acting.role, atLeast, ownRoles)) return false
  if (member === null || acting.role === 'owner') return true
  return !isAtLeast(member.role, acting.role, ownRoles)
}

function isForbidden(acting: MembershipRecord, actor: Actor, intention: Intention): boolean {
  const { atLeast, ownRoles } = actor
  if (intention.kind === 'end') return !mayEnd(acting, intention.member, actor)
  if (!isAtLeast(acting.role, atLeast, ownRoles)) return true
  return intention.kind === 'invite' && !suffices(acting.role, intention.role, ownRoles)
}

/** Decides about an actor whose role suffices. */
function decideAllowed({ kind }: OrganizationRecord, intention: Intention): MembershipDecision {
  if (intention.kind === 'manage') return 'allowed'
  if (kind === 'personal') return 'personal'
  if (intention.kind !== 'changeRole' && intention.kind !== 'end') return 'allowed'
  const { member, hasOtherOwner } = intention
  if (member === null) return 'unknownMember'
  const staysOwner = intention.kind === 'changeRole' && intention.role === 'owner'
  return member.role === 'owner' && !staysOwner && !hasOtherOwner ? 'lastOwner' : 'allowed'
}

/**
 * Decides whether an actor may do something in an organisation. Pure: every adapter calls it within its atomic step, so a
 * demotion a moment ago counts, and all adapters follow the same rules. If several outcomes apply, it is the first in the order
 * `unknown`, `forbidden`, `personal`, `unknownMember`, `lastOwner`.
 * @param question the records as stored at that moment
 * @example
 * ```ts
 * import { decideMembership, type MembershipRecord, type OrganizationRecord } from 'fast-auth/storage'
 *
 * declare const organization: OrganizationRecord | null
 * declare const acting: MembershipRecord | null
 * const actor = { userId, atLeast: 'admin', ownRoles: {} } as const
 * const decision = decideMembership({ organization, acting, actor, intention: { kind: 'manage' } })
 * console.log(decision === 'allowed' ? 'Rename it' : decision)
 * ```
 */
export function decideMembership<Wanted extends Intention>({
  organization,
  acting,
  actor,
  intention,
}: MembershipQuestion<Wanted>): MembershipDecision<Wanted['kind']> {
  if (organization === null || acting === null) return 'unknown'
  if (isForbidden(acting, actor, intention)) return 'forbidden'
  return decideAllowed(organization, intention) as MembershipDecision<Wanted['kind']>
}

/**
 * Returns whether an invitation can be accepted: it has not expired, and the member who sent it still could. Pure: every adapter
 * calls it within its atomic step.
 * @param inviter the membership of the user who sent it, as stored at that moment, or `null`
 * @example
 * ```ts
 * import { isInvitationLive, type InvitationRecord, type MembershipRecord } from 'fast-auth/storage'
 *
 * declare const invitation: InvitationRecord
 * declare const inviter: MembershipRecord | null
 * console.log(isInvitationLive(invitation, inviter, { now: Date.now(), ownRoles: {} }))
 * ```
 */
export function isInvitationLive(
  { role, expiresAt }: InvitationRecord,
  inviter: MembershipRecord | null,
  { now, ownRoles }: { readonly now: number; readonly ownRoles: OwnRoles },
): boolean {
  if (inviter === null || now >= expiresAt) return false
  return isAtLeast(inviter.role, 'admin', ownRoles) && suffices(inviter.role, role, ownRoles)
}
