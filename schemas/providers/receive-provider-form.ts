import { Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { CallbackParameters, ProviderParams } from './fields.js'

/** The schema of the operation `receiveProviderForm`. */
export const receiveProviderForm = {
  operationId: 'receiveProviderForm',
  summary: 'The callback of a provider that sends a form',
  description:
    'For providers with `response_mode=form_post`. Sends the browser to `finishProviderSignIn` with the same parameters, since browsers send no cookies with a form of another site.',
  tags: ['Other providers'],
  security: [],
  params: ProviderParams,
  querystring: NoQuery,
  body: CallbackParameters,
  response: {
    303: Type.Null({ description: 'The header Location has the callback' }),
    ...errorResponses({ body: true, 414: ['FST_ERR_MAX_PARAM_LENGTH'] }),
  },
} satisfies OperationSchema
