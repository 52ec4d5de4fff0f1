import { defineError } from './define-error.js'

/** The organisation does not exist, or the user is not a member: the same error for both. */
export const OrganizationNotFoundError = defineError(
  'FAST_AUTH_ORGANIZATION_NOT_FOUND',
  'There is no such organisation, or you are not a member of it',
  404,
)

/** The credential acts in no organisation, and the path of the route names none. */
export const OrganizationRequiredError = defineError(
  'FAST_AUTH_ORGANIZATION_REQUIRED',
  'Choose an organisation first, or use an API key of one',
  403,
)

/** The role of the user in the organisation is too low. */
export const RoleRequiredError = defineError(
  'FAST_AUTH_ROLE_REQUIRED',
  'Your role in the organisation does not allow this',
  403,
)

/** The organisation would have no owner. */
export const LastOwnerError = defineError(
  'FAST_AUTH_LAST_OWNER',
  'An organisation needs an owner: make another member an owner first, or delete the organisation',
  409,
)
