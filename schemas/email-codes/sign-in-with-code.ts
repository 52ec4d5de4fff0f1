import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { SecondFactorRequired } from '../sign-in/second-factor-required.js'
import { CodeInLink, CodeRequestToken, SignInCode } from './fields.js'

/** The body of a request of `signInWithCode`. It has exactly one of `code` and `token`. */
export const SignInWithCodeBody = Type.Object(
  {
    code: Type.Optional(SignInCode),
    token: Type.Optional(CodeInLink),
    signInToken: Type.Optional(CodeRequestToken),
  },
  { $id: 'fast-auth.AuthSignInWithCode', additionalProperties: false },
)
export type SignInWithCodeBody = Static<typeof SignInWithCodeBody>

/** The schema of the operation `signInWithCode`, with every response. */
export const signInWithCode = {
  operationId: 'signInWithCode',
  summary: 'Sign in with a mailed code or link',
  description:
    'The body has either `code` or `token`, and `signInToken` if the code was requested with the transport `token`. Only the client that requested the code can use it. After five wrong codes it is invalid. Every code that is not accepted gets the same response, whatever the reason.',
  tags: ['Sign-in by mail'],
  security: [{ signInCookie: [] }, {}],
  querystring: NoQuery,
  body: reference(SignInWithCodeBody),
  response: {
    200: reference(AuthResponse, { description: 'A new session is created' }),
    201: reference(AuthResponse, { description: 'The address had no account: a user and a session are created' }),
    202: reference(SecondFactorRequired, { description: 'The code is right, and a second factor is missing' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_SIGN_IN_CODE_INVALID'],
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_USER_DISABLED',
        'FAST_AUTH_SIGN_IN_REFUSED',
        'FAST_AUTH_SIGN_UP_REFUSED',
      ],
    }),
  },
} satisfies OperationSchema
