import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The options for `navigator.credentials.create`: the input of `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export const PasskeyCreationOptions = Type.Object(
  {
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    challenge: Type.String(),
    pubKeyCredParams: Type.Array(Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() })),
    timeout: Type.Integer({ description: 'Lifetime of the challenge, in milliseconds' }),
    excludeCredentials: Type.Array(
      Type.Object({ type: Type.Literal('public-key'), id: Type.String(), transports: Type.Array(Type.String()) }),
    ),
    authenticatorSelection: Type.Object({
      residentKey: Type.Literal('required'),
      requireResidentKey: Type.Literal(true),
      userVerification: Type.Literal('required'),
    }),
    attestation: Type.Literal('none'),
  },
  {
    $id: 'fast-auth.AuthPasskeyCreationOptions',
    description: 'PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, section 5.1.9)',
  },
)
export type PasskeyCreationOptions = Static<typeof PasskeyCreationOptions>

/** The schema of the operation `startPasskeyRegistration`. */
export const startPasskeyRegistration = {
  operationId: 'startPasskeyRegistration',
  summary: 'Get the options to create a passkey',
  description:
    'Requires that the user signed in or called `reauthenticate` in the last five minutes. If the server sends messages, the address must be confirmed. Nothing is stored: call `registerPasskey` with the result.',
  tags: ['Passkeys'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    200: reference(PasskeyCreationOptions, { description: 'The options for `navigator.credentials.create`' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_SESSION_REQUIRED',
        'FAST_AUTH_EMAIL_NOT_CONFIRMED',
        ...recentProofCodes,
      ],
      409: ['FAST_AUTH_PASSKEY_LIMIT_REACHED'],
    }),
  },
} satisfies OperationSchema
