import { Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import type { OperationSchema } from '../operation-schema.js'
import { CallbackParameters, ProviderParams } from './fields.js'

/** The schema of the operation `finishProviderSignIn`. */
export const finishProviderSignIn = {
  operationId: 'finishProviderSignIn',
  summary: 'The callback of a provider',
  description:
    'The provider sends the browser here. A second request of the same browser gets the same session. Refusals are redirects too: `#error=` and a code.',
  tags: ['Other providers'],
  security: [{ providerFlowCookie: [] }, {}],
  params: ProviderParams,
  querystring: CallbackParameters,
  response: {
    303: Type.Null({ description: 'The header Location has the page at which the sign-in began' }),
    ...errorResponses({ body: false, 414: ['FST_ERR_MAX_PARAM_LENGTH'] }),
  },
} satisfies OperationSchema
