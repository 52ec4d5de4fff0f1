import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { RecoveryCodes } from './fields.js'

/** New recovery codes. */
export const NewRecoveryCodes = Type.Object({ recoveryCodes: RecoveryCodes }, { $id: 'fast-auth.AuthNewRecoveryCodes' })
export type NewRecoveryCodes = Static<typeof NewRecoveryCodes>

/** The schema of the operation `renewRecoveryCodes`. */
export const renewRecoveryCodes = {
  operationId: 'renewRecoveryCodes',
  summary: 'Replace the recovery codes',
  description:
    'Requires that the user gave a second factor in the last five minutes: see `reauthenticate`. Earlier codes are no longer accepted. A message informs the owner.',
  tags: ['Second factor'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    201: reference(NewRecoveryCodes, { description: 'The new codes' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_SECOND_FACTOR_REQUIRED'],
      404: ['FAST_AUTH_TOTP_NOT_FOUND'],
    }),
  },
} satisfies OperationSchema
