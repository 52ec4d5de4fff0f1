import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'

const Fields = Type.Object(
  {
    signInToken: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description:
          'The `signInToken` of the response that asked for the sign-up; with cookies, it is in a cookie instead',
      }),
    ),
  },
  { $id: 'fast-auth.AuthFinishProviderSignUp', additionalProperties: false },
)

/**
 * The body of a request of `finishProviderSignUp`. `profile` exists only if the application has a `profileSchema`, and `username`
 * only if users may have user names.
 */
export const FinishProviderSignUpBody = Type.Unsafe<
  Static<typeof Fields> & { username?: string; profile?: Record<string, unknown> }
>(Fields)
export type FinishProviderSignUpBody = Static<typeof FinishProviderSignUpBody>

/** The schema of the operation `finishProviderSignUp`. */
export const finishProviderSignUp = {
  operationId: 'finishProviderSignUp',
  summary: 'Create the account of a user whom a provider has identified',
  description:
    'Only if the application requires profile fields: the callback then has `#status=sign_up_required`, and this operation takes the fields.',
  tags: ['Other providers'],
  security: [{ signInCookie: [] }, {}],
  querystring: NoQuery,
  body: reference(FinishProviderSignUpBody),
  response: {
    201: reference(AuthResponse, { description: 'The account and its first session are created' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED'],
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_EMAIL_NOT_CONFIRMED',
        'FAST_AUTH_SIGN_IN_REFUSED',
        'FAST_AUTH_SIGN_UP_REFUSED',
      ],
      409: ['FAST_AUTH_ACCOUNT_EXISTS', 'FAST_AUTH_USER_EXISTS'],
    }),
  },
} satisfies OperationSchema
