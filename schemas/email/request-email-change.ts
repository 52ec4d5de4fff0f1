import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes, withMoreCodes } from '../error-responses.js'
import { Email, NoQuery, Password } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Accepted } from './accepted.js'

/** The body of a request of `requestEmailChange`. If users can call `reauthenticate`, `password` is optional. */
export const RequestEmailChangeBody = Type.Unsafe<{ email: string; password?: string }>(
  Type.Object(
    { email: Email, password: Password },
    { $id: 'fast-auth.AuthRequestEmailChange', additionalProperties: false },
  ),
)
export type RequestEmailChangeBody = Static<typeof RequestEmailChangeBody>

/** The schema of the operation `requestEmailChange`. */
export const requestEmailChange = {
  operationId: 'requestEmailChange',
  summary: 'Request a change of the email address',
  description:
    'Sends a link to the new address and a notice to the current one. Nothing changes until the user confirms the link. The response is the same whether or not the new address is taken.',
  tags: ['E-mail'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(RequestEmailChangeBody),
  response: {
    202: reference(Accepted, { description: 'A message to the new address is queued' }),
    ...errorResponses({
      body: true,
      401: [...unauthenticatedCodes, 'FAST_AUTH_INVALID_CREDENTIALS'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema

/** The operation if users can call `reauthenticate`: a recent proof replaces the password. */
export const requestEmailChangeWithRecentProof = withMoreCodes(requestEmailChange, 403, recentProofCodes)
