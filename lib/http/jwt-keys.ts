import fastifyJwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import type { AccessTokenClaims, JwtKey } from '../tokens/access-token.js'
import type { SigningKey } from '../tokens/signing-keys.js'

/** The two functions of a key that `@fastify/jwt` creates at boot. */
interface Jwt {
  sign(claims: AccessTokenClaims): string
  verify(token: string): Record<string, unknown>
}

const registeredClaims = ['iss', 'aud', 'sub', 'sid', 'iat', 'exp', 'jti']

export interface JwtSettings {
  readonly issuer: string
  readonly audience: string
}

/**
 * Creates one signer and one verifier per key, pinned to its algorithm, `at+jwt`, issuer and audience, without a cache (RFC
 * 8725, section 3). `AccessTokens` checks `iat` and `exp`, since it gets the time as an argument. The keys are built in a
 * separate scope, so the host's `app.jwt` stays unchanged.
 */
export async function createJwtKeys(
  app: FastifyInstance,
  keys: Iterable<SigningKey>,
  { issuer, audience }: JwtSettings,
): Promise<JwtKey[]> {
  const made: JwtKey[] = []
  await app.register(async scope => {
    const own: Record<string, Jwt> = Object.create(null)
    scope.decorate<unknown>('jwt', own)
    for (const { id, algorithm, secret } of keys) {
      await scope.register(fastifyJwt, {
        namespace: id,
        secret,
        sign: { algorithm, kid: id, header: { alg: algorithm, typ: 'at+jwt' } },
        verify: {
          algorithms: [algorithm],
          allowedIss: issuer,
          allowedAud: audience,
          checkTyp: 'at+jwt',
          requiredClaims: registeredClaims,
          ignoreExpiration: true,
          cache: false,
        },
      })
      const jwt = own[id] as Jwt
      made.push({ id, sign: claims => jwt.sign(claims), verify: token => jwt.verify(token) })
    }
  })
  return made
}
