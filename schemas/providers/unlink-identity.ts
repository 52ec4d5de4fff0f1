import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'

/** The parameters in the path of `unlinkIdentity`. */
export const UnlinkIdentityParams = Type.Object({ id: Id }, { additionalProperties: false })
export type UnlinkIdentityParams = Static<typeof UnlinkIdentityParams>

/** The schema of the operation `unlinkIdentity`. */
export const unlinkIdentity = {
  operationId: 'unlinkIdentity',
  summary: 'Unlink an account at another provider',
  description:
    'Requires that the user signed in or called `reauthenticate` in the last five minutes. The other sessions that were opened with a provider end. A message informs the owner. If it is the only way in which the user can sign in, it stays: FAST_AUTH_LAST_SIGN_IN_METHOD.',
  tags: ['Other providers'],
  security: signedIn,
  params: UnlinkIdentityParams,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The identity is unlinked and no longer accepted' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', ...recentProofCodes],
      404: ['FAST_AUTH_IDENTITY_NOT_FOUND'],
      409: ['FAST_AUTH_LAST_SIGN_IN_METHOD'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
