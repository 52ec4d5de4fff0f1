import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery, Transport } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { IdToken, ProviderParams } from './fields.js'
import { ProviderSignInWaiting } from './provider-sign-in-waiting.js'

/** The body of a request of `signInWithIdToken`. */
export const SignInWithIdTokenBody = Type.Object(
  {
    idToken: IdToken,
    nonce: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'The nonce that the app sent to the provider: the ID token must contain it',
    }),
    transport: Type.Optional(Transport),
  },
  { $id: 'fast-auth.AuthSignInWithIdToken', additionalProperties: false },
)
export type SignInWithIdTokenBody = Static<typeof SignInWithIdTokenBody>

/** The schema of the operation `signInWithIdToken`. */
export const signInWithIdToken = {
  operationId: 'signInWithIdToken',
  summary: 'Sign in with an ID token of a native app',
  description:
    'For apps that sign in at the provider with its own library. An ID token is accepted once. Every token that is not accepted gets the same response, whatever the reason.',
  tags: ['Other providers'],
  security: [],
  params: ProviderParams,
  querystring: NoQuery,
  body: reference(SignInWithIdTokenBody),
  response: {
    200: reference(AuthResponse, { description: 'A new session is created' }),
    201: reference(AuthResponse, { description: 'A user and a session are created' }),
    202: reference(ProviderSignInWaiting, { description: 'A second factor or profile fields are missing' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_PROVIDER_ANSWER_INVALID'],
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_PROVIDER_EMAIL_MISSING',
        'FAST_AUTH_EMAIL_NOT_CONFIRMED',
        'FAST_AUTH_USER_DISABLED',
        'FAST_AUTH_SIGN_IN_REFUSED',
        'FAST_AUTH_SIGN_UP_REFUSED',
      ],
      409: ['FAST_AUTH_ACCOUNT_EXISTS'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
      503: ['FAST_AUTH_PROVIDER_UNAVAILABLE'],
    }),
  },
} satisfies OperationSchema
