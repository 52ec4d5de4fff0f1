import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { type JWTPayload, jwtVerify } from 'jose'
import type { Test } from 'tap'
import { signUpForTokens } from './account.js'
import { type JwtParts, jwtParts } from './hand-made-jwt.js'
import { secret } from './secret.js'
import { testApplication } from './test-application.js'

/** When the tokens are made and read. */
export const noon = Date.UTC(2026, 0, 1, 12)
export const lifetimeSeconds = 900

export interface AccessTokenReaders extends JwtParts {
  readonly app: FastifyInstance
  /** Every storage method that was called since the sign-up. */
  readonly calls: string[]
  /** A genuine access token; `header` and `claims` are what stands in it. */
  readonly token: string
  /** Reads a token with `/auth/me`. */
  ask(token: string): Promise<LightMyRequestResponse>
  /** Reads a token with jose and its strictest options. Rejects if jose refuses the token. */
  jose(token: string): Promise<JWTPayload>
  joseAccepts(token: string): Promise<boolean>
}

/** Our reader and jose beside it, which knows the same secret by its key id, and what time it is. */
export async function accessTokenReaders(t: Test): Promise<AccessTokenReaders> {
  const { app, calls } = await testApplication(t, { options: { clock: () => noon } })
  const { accessToken: token } = await signUpForTokens(app)
  calls.length = 0
  const { header, claims } = jwtParts(token)
  const keys = new Map<unknown, Uint8Array>([[header.kid, new TextEncoder().encode(secret)]])

  async function jose(presented: string): Promise<JWTPayload> {
    const keyOf = ({ kid }: { kid?: string }) => {
      const key = keys.get(kid)
      if (key === undefined) throw new Error('unknown kid')
      return key
    }
    const { payload } = await jwtVerify(presented, keyOf, {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      issuer: 'fast-auth',
      audience: 'fast-auth',
      requiredClaims: ['exp', 'iat', 'sub', 'iss', 'aud', 'jti', 'sid', 'gen', 'auth_time', 'email'],
      maxTokenAge: lifetimeSeconds,
      clockTolerance: 30,
      currentDate: new Date(noon),
    })
    return payload
  }

  return {
    app,
    calls,
    token,
    header,
    claims,
    jose,
    joseAccepts: presented =>
      jose(presented).then(
        () => true,
        () => false,
      ),
    ask: async presented => app.inject({ url: '/auth/me', headers: { authorization: `Bearer ${presented}` } }),
  }
}
