import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery, Transport } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { ProviderParams, ReturnTo } from './fields.js'
import { ProviderRedirect } from './provider-redirect.js'

/** The body of a request of `startProviderSignIn`. */
export const StartProviderSignInBody = Type.Object(
  { returnTo: Type.Optional(ReturnTo), transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthStartProviderSignIn', additionalProperties: false },
)
export type StartProviderSignInBody = Static<typeof StartProviderSignInBody>

/** The schema of the operation `startProviderSignIn`. */
export const startProviderSignIn = {
  operationId: 'startProviderSignIn',
  summary: 'Begin to sign in with another provider',
  description:
    'Sets a cookie for ten minutes that binds the sign-in to this browser. After the callback, the browser is at `returnTo`: signed in, or with `#error=` and a code, or with `#status=second_factor_required` or `#status=sign_up_required`. With transport `token`, it has `#code=` for `redeemProviderCode`.',
  tags: ['Other providers'],
  security: [],
  params: ProviderParams,
  querystring: NoQuery,
  body: reference(StartProviderSignInBody),
  response: {
    200: reference(ProviderRedirect, { description: 'The sign-in has begun' }),
    ...errorResponses({
      body: true,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
      503: ['FAST_AUTH_PROVIDER_UNAVAILABLE'],
    }),
  },
} satisfies OperationSchema
