import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { ProviderParams, ReturnTo } from './fields.js'
import { ProviderRedirect } from './provider-redirect.js'

/** The body of a request of `linkIdentity`. */
export const LinkIdentityBody = Type.Object(
  { returnTo: Type.Optional(ReturnTo) },
  { $id: 'fast-auth.AuthLinkIdentity', additionalProperties: false },
)
export type LinkIdentityBody = Static<typeof LinkIdentityBody>

/** The schema of the operation `linkIdentity`. */
export const linkIdentity = {
  operationId: 'linkIdentity',
  summary: 'Begin to link an account at another provider',
  description:
    'Requires that the user signed in or called `reauthenticate` in the last five minutes. After the callback, the browser is at `returnTo` with `#linked=` and the provider, or with `#error=` and a code. A message informs the owner.',
  tags: ['Other providers'],
  security: signedIn,
  params: ProviderParams,
  querystring: NoQuery,
  body: reference(LinkIdentityBody),
  response: {
    200: reference(ProviderRedirect, { description: 'The linking has begun' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', ...recentProofCodes],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
      503: ['FAST_AUTH_PROVIDER_UNAVAILABLE'],
    }),
  },
} satisfies OperationSchema
