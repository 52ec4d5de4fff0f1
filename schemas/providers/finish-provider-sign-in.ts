import { Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import type { OperationSchema } from '../operation-schema.js'
import { ProviderParams } from './fields.js'

const text = Type.Optional(Type.String({ maxLength: 4096 }))

/** The parameters of a callback (RFC 6749, section 4.1.2; RFC 9207). Providers add their own. */
const CallbackParameters = Type.Object({
  code: text,
  state: text,
  iss: text,
  error: text,
})

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
    ...errorResponses({ body: false }),
  },
} satisfies OperationSchema

/** The schema of the operation `receiveProviderForm`. */
export const receiveProviderForm = {
  operationId: 'receiveProviderForm',
  summary: 'The callback of a provider that sends a form',
  description:
    'For providers with `response_mode=form_post`. Sends the browser to `finishProviderSignIn` with the same parameters, since browsers send no cookies with a form of another site.',
  tags: ['Other providers'],
  security: [],
  params: ProviderParams,
  querystring: Type.Object({}),
  body: CallbackParameters,
  response: {
    303: Type.Null({ description: 'The header Location has the callback' }),
    ...errorResponses({ body: true }),
  },
} satisfies OperationSchema
