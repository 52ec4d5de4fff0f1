import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { ProviderSignInWaiting } from './provider-sign-in-waiting.js'

/** The body of a request of `redeemProviderCode`. */
export const RedeemProviderCodeBody = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 512, description: 'The `code` in the fragment of `returnTo`' }),
  },
  { $id: 'fast-auth.AuthRedeemProviderCode', additionalProperties: false },
)
export type RedeemProviderCodeBody = Static<typeof RedeemProviderCodeBody>

/** The schema of the operation `redeemProviderCode`. */
export const redeemProviderCode = {
  operationId: 'redeemProviderCode',
  summary: 'Exchange the code of a sign-in with a provider for tokens',
  description:
    'For sign-ins with transport `token`. The code is valid for a minute, once, and only in the browser in which the sign-in began.',
  tags: ['Other providers'],
  security: [{ providerFlowCookie: [] }],
  querystring: NoQuery,
  body: reference(RedeemProviderCodeBody),
  response: {
    200: reference(AuthResponse, { description: 'The tokens of the session that the callback created' }),
    202: reference(ProviderSignInWaiting, { description: 'A second factor or profile fields are missing' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_PROVIDER_CODE_INVALID'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST'],
    }),
  },
} satisfies OperationSchema
