import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes, withMoreCodes } from '../error-responses.js'
import { NoQuery, Password } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The body of a request of `deleteMe`. If users can call `reauthenticate`, `password` is optional. */
export const DeleteMeBody = Type.Unsafe<{ password?: string }>(
  Type.Object({ password: Password }, { $id: 'fast-auth.AuthDeleteMe', additionalProperties: false }),
)
export type DeleteMeBody = Static<typeof DeleteMeBody>

/** The schema of the operation `deleteMe`. */
export const deleteMe = {
  operationId: 'deleteMe',
  summary: 'Delete the account permanently',
  description:
    'Requires the password. Deletes the account with its sessions, API keys, mailed links and unsent messages. A new account may use the address afterwards and inherits nothing. Expires the cookies if the session was sent by cookie.',
  tags: ['Account'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(DeleteMeBody),
  response: {
    204: Type.Null({ description: 'The account is deleted' }),
    ...errorResponses({
      body: true,
      401: [...unauthenticatedCodes, 'FAST_AUTH_INVALID_CREDENTIALS'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema

/** The operation if users can call `reauthenticate`: a recent proof replaces the password. */
export const deleteMeWithRecentProof = withMoreCodes(deleteMe, 403, recentProofCodes)
