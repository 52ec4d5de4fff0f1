import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The options for `navigator.credentials.get`: the input of `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const PasskeyRequestOptions = Type.Object(
  {
    challenge: Type.String(),
    rpId: Type.String(),
    timeout: Type.Integer({ description: 'Lifetime of the challenge, in milliseconds' }),
    userVerification: Type.Literal('required'),
  },
  {
    $id: 'fast-auth.AuthPasskeyRequestOptions',
    description: 'PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.1.10)',
  },
)
export type PasskeyRequestOptions = Static<typeof PasskeyRequestOptions>

/** The schema of the operation `startPasskeySignIn`. */
export const startPasskeySignIn = {
  operationId: 'startPasskeySignIn',
  summary: 'Get the options to use a passkey',
  description:
    'For `signInWithPasskey`, and for `credential` in other operations. The response is the same for every client, apart from the challenge, which is valid once. Nothing is stored.',
  tags: ['Passkeys'],
  security: [],
  querystring: NoQuery,
  response: {
    200: reference(PasskeyRequestOptions, { description: 'The options for `navigator.credentials.get`' }),
    ...errorResponses({ body: false }),
  },
} satisfies OperationSchema
