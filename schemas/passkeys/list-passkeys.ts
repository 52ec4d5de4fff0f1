import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Passkey } from './passkey.js'

/** The body of a response of `listPasskeys`. */
export const PasskeyList = Type.Object(
  {
    items: Type.Array(reference(Passkey)),
    rpId: Type.String({
      description: 'The relying party id of the server, for the signals to the authenticator',
      examples: ['example.com'],
    }),
  },
  { $id: 'fast-auth.AuthPasskeyList' },
)
export type PasskeyList = Static<typeof PasskeyList>

/** The schema of the operation `listPasskeys`. */
export const listPasskeys = {
  operationId: 'listPasskeys',
  summary: 'List the passkeys of the user',
  description: 'All passkeys, the oldest first.',
  tags: ['Passkeys'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    200: reference(PasskeyList, { description: 'The passkeys' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
