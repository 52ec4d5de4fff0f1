import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'

const member = (description: string) => Type.Optional(Type.String({ description }))

/** RFC 7517, section 5. */
export const Jwks = Type.Object(
  {
    keys: Type.Array(
      Type.Object({
        kty: Type.String({ description: 'OKP, EC or RSA' }),
        use: Type.Literal('sig'),
        alg: Type.String({ description: 'EdDSA, ES256 or RS256' }),
        kid: Type.String({ description: 'The thumbprint of the key (RFC 7638)' }),
        crv: member('Ed25519 or P-256'),
        x: member('OKP and EC'),
        y: member('EC'),
        n: member('RSA: the modulus'),
        e: member('RSA: the exponent'),
      }),
      { description: 'Empty if access tokens are signed with a secret (HS256)' },
    ),
  },
  { $id: 'fast-auth.AuthJwks' },
)
export type Jwks = Static<typeof Jwks>

/** The schema of the operation `getJwks`. */
export const getJwks = {
  operationId: 'getJwks',
  summary: 'Get the public keys that verify access tokens',
  description:
    'A JSON Web Key Set (RFC 7517). Clients may cache it for five minutes: a new key is published before it signs tokens.',
  tags: ['Tokens'],
  security: [],
  querystring: NoQuery,
  response: {
    200: reference(Jwks, { description: 'The key set' }),
    ...errorResponses({ body: false }),
  },
} satisfies OperationSchema
