import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes, withMoreCodes } from '../error-responses.js'
import { NewPassword, NoQuery, Password, Transport } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'

const Passwords = Type.Object(
  { currentPassword: Password, newPassword: NewPassword, transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthChangePassword', additionalProperties: false },
)

/** The body of a request of `changePassword`. If users can call `reauthenticate`, `currentPassword` is optional. */
export const ChangePasswordBody = Type.Unsafe<
  Omit<Static<typeof Passwords>, 'currentPassword'> & { currentPassword?: string }
>(Passwords)
export type ChangePasswordBody = Static<typeof ChangePasswordBody>

/** The schema of the operation `changePassword`. */
export const changePassword = {
  operationId: 'changePassword',
  summary: 'Change the password',
  description:
    'Requires the current password. This session continues with the tokens of the response; every other session ends. Earlier tokens cannot be refreshed, not even within the grace time. Without `transport`, the response uses the transport of the access token.',
  tags: ['Password'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(ChangePasswordBody),
  response: {
    200: reference(AuthResponse, {
      description: 'The password is changed, and this session continues with these tokens',
    }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_PASSWORD_TOO_WEAK'],
      401: [...unauthenticatedCodes, 'FAST_AUTH_INVALID_CREDENTIALS'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_EMAIL_NOT_CONFIRMED'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema

/** The operation if users can call `reauthenticate`: a recent proof replaces the password. */
export const changePasswordWithRecentProof = withMoreCodes(changePassword, 403, recentProofCodes)
