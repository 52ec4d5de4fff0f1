import { Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'

/** The schema of the operation `openChangePassword`. */
export const openChangePassword = {
  operationId: 'openChangePassword',
  summary: 'Open the page where users change their passwords',
  description:
    'For password managers (W3C, A Well-Known URL for Changing Passwords). Its path does not have the prefix of the other routes.',
  tags: ['Pages'],
  security: [],
  querystring: NoQuery,
  response: {
    302: Type.Null({ description: 'The header Location has the page' }),
    ...errorResponses({ body: false }),
  },
} satisfies OperationSchema
