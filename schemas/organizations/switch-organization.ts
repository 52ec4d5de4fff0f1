import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { PresentedRefreshToken, refreshTokenCodes } from '../sessions/presented-refresh-token.js'

/** The body of a request of `switchOrganization`. */
export const SwitchOrganizationBody = Type.Object(
  {
    organizationId: Type.Union([Id, Type.Null()], {
      description: 'The organisation in which the session acts from now on; `null`: in none',
    }),
    refreshToken: Type.Optional(PresentedRefreshToken),
  },
  { $id: 'fast-auth.AuthSwitchOrganization', additionalProperties: false },
)
export type SwitchOrganizationBody = Static<typeof SwitchOrganizationBody>

/** The schema of the operation `switchOrganization`. */
export const switchOrganization = {
  operationId: 'switchOrganization',
  summary: 'Let the session act in another organisation',
  description:
    'Only this session changes: other devices of the user go on as before. The response has new tokens, whose claims `org` and `org_role` name the organisation. It uses the transport of the request. Earlier access tokens of the session are refused as expired. The client also presents the refresh token, in its cookie or in the body; one that is too old ends the session.',
  tags: ['Organisations'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(SwitchOrganizationBody),
  response: {
    200: reference(AuthResponse, { description: 'The session goes on with these tokens' }),
    ...errorResponses({
      body: true,
      401: [...unauthenticatedCodes, ...refreshTokenCodes],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
    }),
  },
} satisfies OperationSchema
