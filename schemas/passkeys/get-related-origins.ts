import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The origins whose pages may use the passkeys of the server. */
export const RelatedOrigins = Type.Object(
  { origins: Type.Array(Type.String(), { examples: [['https://example.com', 'https://example.de']] }) },
  { $id: 'fast-auth.AuthRelatedOrigins' },
)
export type RelatedOrigins = Static<typeof RelatedOrigins>

/** The schema of the operation `getRelatedOrigins`. */
export const getRelatedOrigins = {
  operationId: 'getRelatedOrigins',
  summary: 'Get the origins that may use the passkeys',
  description:
    'Browsers request this if a page of an origin outside the domain `rpId` uses a passkey (WebAuthn Level 3, section 5.11). Its path does not have the prefix of the other routes.',
  tags: ['Passkeys'],
  security: [],
  querystring: NoQuery,
  response: {
    200: reference(RelatedOrigins, { description: 'The origins' }),
    ...errorResponses({ body: false }),
  },
} satisfies OperationSchema
