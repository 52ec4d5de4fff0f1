import { Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { RefreshTokenBody } from './refresh-session.js'

/** The schema of the operation `signOut`. */
export const signOut = {
  operationId: 'signOut',
  summary: 'End the session and expire the cookies',
  description:
    'The refresh cookie, the access token or the refresh token in the body identifies the session; one of them is enough. The response is the same if none is valid. Expires the cookies if the request carries any.',
  tags: ['Authentication'],
  security: [{ refreshCookie: [] }, { accessCookie: [] }, { accessToken: [] }, {}],
  querystring: NoQuery,
  body: reference(RefreshTokenBody),
  response: {
    204: Type.Null({ description: 'The session has ended' }),
    ...errorResponses({ body: true, 403: ['FAST_AUTH_CROSS_SITE_REQUEST'] }),
  },
} satisfies OperationSchema
