import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { Email, NoQuery, Timestamp, Transport } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The body of a request of `requestSignInCode`. */
export const RequestSignInCodeBody = Type.Object(
  { email: Email, transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthRequestSignInCode', additionalProperties: false },
)
export type RequestSignInCodeBody = Static<typeof RequestSignInCodeBody>

/** The response of `requestSignInCode`, the same for every address. */
export const SignInCodeRequested = Type.Object(
  {
    status: Type.Literal('accepted'),
    expiresAt: Timestamp,
    signInToken: Type.Optional(
      Type.String({ description: 'Only with transport `token`: send it to `signInWithCode`' }),
    ),
  },
  { $id: 'fast-auth.AuthSignInCodeRequested' },
)
export type SignInCodeRequested = Static<typeof SignInCodeRequested>

/** The schema of the operation `requestSignInCode`. */
export const requestSignInCode = {
  operationId: 'requestSignInCode',
  summary: 'Request a sign-in code by mail',
  description:
    'Sends a message with a code and a link. Both work only for the client that sent this request, until `expiresAt`, and once. A new code replaces the previous one of the address. The response is the same whether or not an account exists.',
  tags: ['Sign-in by mail'],
  security: [],
  querystring: NoQuery,
  body: reference(RequestSignInCodeBody),
  response: {
    202: reference(SignInCodeRequested, { description: 'If the address can sign in, a message with a code is queued' }),
    ...errorResponses({ body: true, 403: ['FAST_AUTH_CROSS_SITE_REQUEST'] }),
  },
} satisfies OperationSchema
