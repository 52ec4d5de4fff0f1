import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { RegistrationCredential } from './credential.js'
import { Passkey, PasskeyName } from './passkey.js'

/** The body of a request of `registerPasskey`. */
export const RegisterPasskeyBody = Type.Object(
  { credential: reference(RegistrationCredential), name: Type.Optional(PasskeyName) },
  { $id: 'fast-auth.AuthRegisterPasskey', additionalProperties: false },
)
export type RegisterPasskeyBody = Static<typeof RegisterPasskeyBody>

/** The schema of the operation `registerPasskey`. */
export const registerPasskey = {
  operationId: 'registerPasskey',
  summary: 'Add a passkey',
  description:
    'The passkey must have been created with the options of `startPasskeyRegistration` that this session received in the last five minutes. From then on, the user can sign in with it, without a password or a second factor. A message informs the owner.',
  tags: ['Passkeys'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(RegisterPasskeyBody),
  response: {
    201: reference(Passkey, { description: 'The passkey is added' }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_PASSKEY_REGISTRATION_INVALID'],
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_EMAIL_NOT_CONFIRMED'],
      409: ['FAST_AUTH_PASSKEY_ALREADY_REGISTERED', 'FAST_AUTH_PASSKEY_LIMIT_REACHED'],
    }),
  },
} satisfies OperationSchema
