import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Passkey, PasskeyName } from './passkey.js'

/** The parameters in the path of `renamePasskey`. */
export const RenamePasskeyParams = Type.Object({ id: Id }, { additionalProperties: false })
export type RenamePasskeyParams = Static<typeof RenamePasskeyParams>

/** The body of a request of `renamePasskey`. */
export const RenamePasskeyBody = Type.Object(
  { name: PasskeyName },
  { $id: 'fast-auth.AuthRenamePasskey', additionalProperties: false },
)
export type RenamePasskeyBody = Static<typeof RenamePasskeyBody>

/** The schema of the operation `renamePasskey`. */
export const renamePasskey = {
  operationId: 'renamePasskey',
  summary: 'Rename a passkey',
  tags: ['Passkeys'],
  security: signedIn,
  params: RenamePasskeyParams,
  querystring: NoQuery,
  body: reference(RenamePasskeyBody),
  response: {
    200: reference(Passkey, { description: 'The renamed passkey' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      404: ['FAST_AUTH_PASSKEY_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
