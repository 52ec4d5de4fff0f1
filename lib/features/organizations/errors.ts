import { defineError } from '../../errors/define-error.js'

/** The user is not a member, or the organisation has no such user. */
export const MemberNotFoundError = defineError('FAST_AUTH_MEMBER_NOT_FOUND', 'The organisation has no such member', 404)

/** The invitation does not exist, was accepted, declined or replaced, or belongs to another organisation. */
export const InvitationNotFoundError = defineError(
  'FAST_AUTH_INVITATION_NOT_FOUND',
  'The organisation has no such invitation',
  404,
)

/** A personal organisation has one member, and is deleted only with its user. */
export const PersonalOrganizationError = defineError(
  'FAST_AUTH_PERSONAL_ORGANIZATION',
  'This is not possible in a personal organisation',
  409,
)

/** The user owns the maximum number of organisations. */
export const OrganizationLimitReachedError = defineError(
  'FAST_AUTH_ORGANIZATION_LIMIT_REACHED',
  'You own the maximum number of organisations: delete one or hand one over first',
  409,
)

/** The organisation has the maximum number of members. `inviteMember` also counts the invitations that have not expired. */
export const OrganizationFullError = defineError(
  'FAST_AUTH_ORGANIZATION_FULL',
  'The organisation has the maximum number of members, or of members and invitations',
  409,
)
