import { Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'

/** The schema of the operation `removeTotp`. */
export const removeTotp = {
  operationId: 'removeTotp',
  summary: 'Remove the authenticator app',
  description:
    'Requires that the user gave a second factor in the last five minutes: see `reauthenticate`. The recovery codes are removed too, and every other session ends. A message informs the owner.',
  tags: ['Second factor'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The app is removed' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_SECOND_FACTOR_REQUIRED'],
      404: ['FAST_AUTH_TOTP_NOT_FOUND'],
    }),
  },
} satisfies OperationSchema
