import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery, Timestamp } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The second factors of a user. */
export const SecondFactor = Type.Object(
  {
    totp: Type.Union([Type.Object({ confirmedAt: Timestamp }), Type.Null()], {
      description: 'The authenticator app; null if there is none, or it is not confirmed',
    }),
    passkeys: Type.Integer({
      minimum: 0,
      description: 'How many passkeys the user has. Each replaces the password and the second factor.',
    }),
    recoveryCodesLeft: Type.Integer({ minimum: 0, description: 'How many recovery codes are not used up' }),
    required: Type.Boolean({ description: 'Whether every user must have a second factor' }),
  },
  { $id: 'fast-auth.AuthSecondFactor' },
)
export type SecondFactor = Static<typeof SecondFactor>

/** The schema of the operation `getSecondFactor`. */
export const getSecondFactor = {
  operationId: 'getSecondFactor',
  summary: 'Get the second factors of the user',
  tags: ['Second factor'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    200: reference(SecondFactor, { description: 'The second factors, without their secrets' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
