import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery, Transport } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { RecoveryCodes, TotpCode } from './fields.js'

/** The body of a request of `confirmTotp`. */
export const ConfirmTotpBody = Type.Object(
  { code: TotpCode, transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthConfirmTotp', additionalProperties: false },
)
export type ConfirmTotpBody = Static<typeof ConfirmTotpBody>

/** The session goes on with a second factor. The body has tokens only with transport `token`. */
export const TotpConfirmed = Type.Object(
  { ...AuthResponse.properties, recoveryCodes: RecoveryCodes },
  { $id: 'fast-auth.AuthTotpConfirmed' },
)
export type TotpConfirmed = Static<typeof TotpConfirmed>

/** The schema of the operation `confirmTotp`. */
export const confirmTotp = {
  operationId: 'confirmTotp',
  summary: 'Confirm an authenticator app with its first code',
  description:
    'From now on the user signs in with a second factor. This session continues with the tokens of the response; every other session ends. A message informs the owner.',
  tags: ['Second factor'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(ConfirmTotpBody),
  response: {
    200: reference(TotpConfirmed, { description: 'The app is a second factor, and this session continues' }),
    ...errorResponses({
      body: true,
      401: [...unauthenticatedCodes, 'FAST_AUTH_SECOND_FACTOR_INVALID'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      404: ['FAST_AUTH_TOTP_NOT_FOUND'],
    }),
  },
} satisfies OperationSchema
