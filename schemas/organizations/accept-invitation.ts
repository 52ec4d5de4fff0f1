import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { MailedToken, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { PresentedRefreshToken, refreshTokenCodes } from '../sessions/presented-refresh-token.js'

/** The body of a request of `acceptInvitation`. */
export const AcceptInvitationBody = Type.Object(
  { token: MailedToken, refreshToken: Type.Optional(PresentedRefreshToken) },
  { $id: 'fast-auth.AuthAcceptInvitation', additionalProperties: false },
)
export type AcceptInvitationBody = Static<typeof AcceptInvitationBody>

/** The schema of the operation `acceptInvitation`. */
export const acceptInvitation = {
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation',
  description:
    'Requires the token of the mailed link, and a session of the user who has the invited address. The session then acts in the organisation. The token came by mail, so it also confirms the address. A new user sends the token to `signUp` instead. The response has new tokens and uses the transport of the request. The client also presents the refresh token, in its cookie or in the body; one that is too old ends the session.',
  tags: ['Organisations'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(AcceptInvitationBody),
  response: {
    200: reference(AuthResponse, { description: 'The user is a member, and the session goes on with these tokens' }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'],
      401: [...unauthenticatedCodes, ...refreshTokenCodes],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      409: ['FAST_AUTH_ORGANIZATION_FULL'],
    }),
  },
} satisfies OperationSchema
